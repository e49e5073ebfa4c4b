using System;
using System.Collections.Generic;

namespace Testbed.Wire.Records;

/// <summary>
/// Whether a produced batch may be appended: facts if so, an error code and its reasons if not.
/// </summary>
public readonly record struct BatchVerdict
{
    private BatchVerdict(
        ErrorCode error, string? message, IReadOnlyList<RecordError>? recordErrors, bool isContent)
    {
        Error = error;
        Message = message;
        RecordErrors = recordErrors ?? Array.Empty<RecordError>();
        IsContentRefused = isContent;
    }

    private BatchVerdict(in BatchFacts facts)
    {
        Facts = facts;
        RecordErrors = Array.Empty<RecordError>();
    }

    /// <summary>None when the batch may be appended.</summary>
    public ErrorCode Error { get; }

    /// <summary>For the producer; null when there is no error.</summary>
    public string? Message { get; }

    /// <summary>
    /// The records that were refused one by one; at most <see cref="Foundation.Limits.RecordErrorsMax"/>.
    /// </summary>
    public IReadOnlyList<RecordError> RecordErrors { get; }

    /// <summary>
    /// True when the outline was right and the contents were refused. Kafka's answer names the log start
    /// offset then, and -1 otherwise.
    /// </summary>
    public bool IsContentRefused { get; }

    /// <summary>Known when there is no error.</summary>
    public BatchFacts Facts { get; }

    public bool IsOk => Error == ErrorCode.None;

    public static BatchVerdict Accept(in BatchFacts facts) => new(facts);

    public static BatchVerdict RefuseOutline(ErrorCode error, string message) =>
        new(error, message, null, false);

    public static BatchVerdict RefuseContent(
        ErrorCode error, string message, IReadOnlyList<RecordError>? recordErrors = null) =>
        new(error, message, recordErrors, true);
}
