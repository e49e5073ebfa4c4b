using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// What a batch says about its producer. Sequences count records per partition from 0 and wrap from
/// int.MaxValue to 0.
/// </summary>
/// <param name="ProducerId">None for a producer without idempotence: then the rest means nothing.</param>
/// <param name="ProducerEpoch">Epoch of the producer id.</param>
/// <param name="FirstSequence">Sequence of the first record.</param>
/// <param name="LastSequence">Sequence of the last record.</param>
public readonly record struct SequencedBatch(
    ProducerId ProducerId, short ProducerEpoch, int FirstSequence, int LastSequence)
{
    /// <summary>A sequence moved on by <paramref name="count"/>, wrapping as Kafka's do.</summary>
    public static int Advance(int sequence, int count) =>
        sequence > int.MaxValue - count ? count - (int.MaxValue - sequence) - 1 : sequence + count;
}
