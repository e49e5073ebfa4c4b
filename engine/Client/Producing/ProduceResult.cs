using Testbed.Foundation;
using Testbed.Wire;

namespace Testbed.Client;

/// <summary>What became of one record.</summary>
public readonly record struct ProduceResult(ProduceStatus Status, TopicPartition Partition)
{
    /// <summary>Where it is stored; none with acks=0, for old duplicates and for failures.</summary>
    public Offset Offset { get; init; } = Offset.None;

    /// <summary>Why it is not stored.</summary>
    public ErrorCode Error { get; init; }

    /// <summary>What the broker said of the error, if anything.</summary>
    public string? Message { get; init; }

    /// <summary>For failures: an attempt may have stored the record all the same.</summary>
    public bool MayBeStored { get; init; }

    /// <summary>Its producer id, epoch and sequence when it was settled; none without idempotence.</summary>
    public ProducerIdentity Identity { get; init; } = ProducerIdentity.None;

    public int Sequence { get; init; } = -1;

    /// <summary>The broker's time of appending, where that counts (LogAppendTime); otherwise -1.</summary>
    public long LogAppendTimeMs { get; init; } = -1;

    public bool IsStored => Status == ProduceStatus.Stored;
}
