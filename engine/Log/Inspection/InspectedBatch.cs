using Testbed.Foundation;
using Testbed.Wire.Records;

namespace Testbed.Log;

/// <summary>What the header of a batch says, and where it stands.</summary>
/// <param name="Position">Of its first byte in the file.</param>
/// <param name="Header">Offsets, size, epoch, producer, largest timestamp, checksum, attributes.</param>
/// <param name="RecordsCount">Records that it says to have.</param>
/// <param name="DeleteHorizonMs">When tombstones and markers in it may be removed; null while
/// unknown.</param>
/// <param name="IsCrcValid">Whether the checksum is that of the bytes.</param>
public readonly record struct InspectedBatch(
    long Position, StoredBatch Header, int RecordsCount, long? DeleteHorizonMs, bool IsCrcValid)
{
    public Offset LastOffset => Header.EndOffset - 1;

    /// <summary>-1 where there are no sequences.</summary>
    public int LastSequence => Header.Producer.LastSequence;

    public static InspectedBatch Of(RecordBatch batch, long position) => new(
        position,
        StoredBatch.Read(batch.Bytes),
        batch.RecordsCount,
        batch.DeleteHorizonMs,
        batch.IsCrcValid);
}
