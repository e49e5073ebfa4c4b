using System;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Reads the headers of consecutive batches of a file, in pieces. Recovery has checked the file, but bytes
/// may have changed since: a size that cannot be ends the walk. The walker must be released.
/// </summary>
internal sealed class BatchWalker(
    IShard shard, IDisk disk, IFile file, int position, int pieceBytes = BatchWalker.ShortPieceBytes)
{
    /// <summary>For a walk to one batch.</summary>
    public const int ShortPieceBytes = 4096;

    /// <summary>For a walk over a whole segment.</summary>
    public const int LongPieceBytes = 64 * 1024;

    private Lease _piece = shard.Buffers.Rent(pieceBytes);
    private long _pieceStart = -1;
    private int _pieceCount;

    /// <summary>Where the batch after the ones walked begins.</summary>
    public int Position { get; private set; } = position;

    /// <summary>What came of the last read; Failed too when it has shown what no batch can be.</summary>
    public IoStatus Status { get; private set; }

    /// <summary>The disk itself has given what it was asked for so far.</summary>
    public bool HasRead { get; private set; } = true;

    /// <summary>
    /// The header of the batch at <see cref="Position"/>, which must lie below
    /// <paramref name="endPosition"/>, the end of what is written. Null when the file cannot be read or no
    /// batch can be there; then <see cref="Status"/> says why.
    /// </summary>
    public async EngineTask<StoredBatch?> Peek(int endPosition)
    {
        Invariant.Assert(Position < endPosition);
        if (!await Have(StoredBatch.HeaderBytes))
        {
            return null;
        }
        var batch = StoredBatch.Read(Here(StoredBatch.HeaderBytes));
        if (batch.SizeBytes < StoredBatch.HeaderBytes || batch.SizeBytes > endPosition - Position)
        {
            Status = IoStatus.Failed;
            return null;
        }
        return batch;
    }

    /// <summary>
    /// All bytes of the batch that was peeked at, until the next call; empty when they cannot be read.
    /// </summary>
    public async EngineTask<ReadOnlyMemory<byte>> Bytes(StoredBatch batch) => await Have(batch.SizeBytes)
        ? _piece.Memory.Slice((int)(Position - _pieceStart), batch.SizeBytes)
        : default(ReadOnlyMemory<byte>);

    /// <summary>
    /// Max timestamp of the first batch of a file, in milliseconds; -1 when there is none, or it cannot be
    /// read.
    /// </summary>
    public static async EngineTask<(IoStatus Status, long Ms)> FirstTimestamp(
        IShard shard, IDisk disk, IFile file, int sizeBytes)
    {
        if (sizeBytes == 0)
        {
            return (IoStatus.Ok, -1);
        }
        var walker = new BatchWalker(shard, disk, file, 0);
        var first = await walker.Peek(sizeBytes);
        walker.Release();
        return (walker.Status, first?.MaxTimestampMs ?? -1);
    }

    public void Advance(in StoredBatch batch) => Position += batch.SizeBytes;

    public void Release() => _piece.Release();

    private async EngineTask<bool> Have(int count)
    {
        if (Holds(count))
        {
            return true;
        }
        if (_piece.Capacity < count)
        {
            _piece.Release();
            _piece = shard.Buffers.Rent(count);
        }
        _pieceCount = 0;
        var read = await disk.Read(file, Position, _piece.Memory);
        HasRead &= read.IsOk;
        _pieceStart = Position;
        _pieceCount = read.IsOk ? read.Count : 0;
        Status = read.IsOk && !Holds(count) ? IoStatus.Failed : read.Status;
        return Status == IoStatus.Ok;
    }

    private bool Holds(int count) =>
        _pieceStart >= 0 && Position >= _pieceStart && Position + (long)count <= _pieceStart + _pieceCount;

    private ReadOnlySpan<byte> Here(int count) => _piece.Span.Slice((int)(Position - _pieceStart), count);
}
