using System;
using System.Collections.Generic;

namespace Testbed.Wire.Records;

/// <summary>
/// Whether a produced batch may be appended: facts if so, an error code and its reasons if not.
/// </summary>
public readonly struct BatchVerdict
{
    private readonly BatchRefusal? _refusal;

    internal BatchVerdict(BatchRefusal refusal) => _refusal = refusal;

    internal BatchVerdict(in BatchFacts facts) => Facts = facts;

    public bool IsOk => _refusal is null;

    /// <summary>Known when the batch is accepted.</summary>
    public BatchFacts Facts { get; }

    /// <summary>None when the batch may be appended.</summary>
    public ErrorCode Error => _refusal?.Error ?? ErrorCode.None;

    /// <summary>For the producer; null when there is no error.</summary>
    public string? Message => _refusal?.Message;

    /// <summary>
    /// The records that were refused one by one; at most <see cref="Foundation.Limits.RecordErrorsMax"/>.
    /// </summary>
    public IReadOnlyList<RecordError> RecordErrors => _refusal?.RecordErrors ?? Array.Empty<RecordError>();

    /// <summary>
    /// True when the outline was right and the contents were refused. Kafka's answer names the log start
    /// offset then, and -1 otherwise.
    /// </summary>
    public bool IsContentRefused => _refusal is { IsOfContent: true };
}
