using System;
using System.Collections.Generic;

namespace Testbed.Wire.Records;

/// <summary>Why a batch is refused; made only for those that are.</summary>
internal sealed record BatchRefusal(ErrorCode Error, string Message, bool IsOfContent)
{
    /// <summary>The records that were refused one by one.</summary>
    public IReadOnlyList<RecordError> RecordErrors { get; init; } = Array.Empty<RecordError>();

    public static BatchRefusal OfOutline(ErrorCode error, string message) => new(error, message, false);

    public static BatchRefusal OfContent(ErrorCode error, string message) => new(error, message, true);
}
