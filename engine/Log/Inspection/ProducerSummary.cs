using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>What of a producer both a snapshot and a replayed log must know; -1 is none.</summary>
internal readonly record struct ProducerSummary(
    short Epoch, int LastSequence, long LastOffset, int CoordinatorEpoch, Offset? TransactionStart)
{
    public override string ToString() =>
        $"epoch {Epoch}, last sequence {LastSequence} at offset {LastOffset}, "
        + $"coordinator epoch {CoordinatorEpoch}, "
        + (TransactionStart is { } start ? $"a transaction from {start}" : "no transaction");
}
