using System;
using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Wire;
using Testbed.Wire.Records;

namespace Testbed.Node.Requests.Producing;

/// <summary>What became of one produced batch: its offsets [BaseOffset, EndOffset), or an error.</summary>
internal readonly record struct AppendOutcome(Offset BaseOffset, Offset EndOffset)
{
    public ErrorCode Error { get; private init; }

    public string? Message { get; private init; }

    public IReadOnlyList<RecordError> RecordErrors { get; private init; } = Array.Empty<RecordError>();

    public Offset LogStartOffset { get; init; } = Offset.None;

    /// <summary>The broker's time, where the topic stores that; else -1.</summary>
    public long LogAppendTimeMs { get; init; } = -1;

    public static AppendOutcome Refused(
        ErrorCode error, string? message, Offset logStart, IReadOnlyList<RecordError>? recordErrors = null) =>
        new(Offset.None, Offset.None)
        {
            Error = error,
            Message = message,
            LogStartOffset = logStart,
            RecordErrors = recordErrors ?? Array.Empty<RecordError>(),
        };
}
