using Testbed.Foundation;

namespace Testbed.Models.Logs;

/// <summary>A batch as its producer's state remembers it.</summary>
public sealed record ModelSent(
    int FirstSequence, int LastSequence, Offset BaseOffset, Offset EndOffset, long TimestampMs)
{
    public static ModelSent Of(ModelBatch batch) => new(
        batch.Stamp!.FirstSequence,
        batch.Stamp.LastSequence,
        batch.BaseOffset,
        batch.EndOffset,
        batch.MaxTimestampMs);
}
