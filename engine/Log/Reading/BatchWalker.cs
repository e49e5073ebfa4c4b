using System;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Reads the headers of consecutive batches of a file, in pieces of a few kilobytes. Recovery
/// has checked the file, but bytes may have changed since: a size that cannot be ends the walk. The walker
/// must be released.
/// </summary>
internal sealed class BatchWalker(IShard shard, IDisk disk, IFile file, int position)
{
    private const int PieceBytes = 4096;

    private readonly Lease _piece = shard.Buffers.Rent(PieceBytes);
    private long _pieceStart = -1;
    private int _pieceCount;

    /// <summary>Where the batch after the ones walked begins.</summary>
    public int Position { get; private set; } = position;

    /// <summary>What came of the last read.</summary>
    public IoStatus Status { get; private set; }

    /// <summary>
    /// The header of the batch at <see cref="Position"/>, which must lie below
    /// <paramref name="endPosition"/>, the end of what is written. Null when the file cannot be read or no
    /// batch can be there; then <see cref="Status"/> says why.
    /// </summary>
    public async EngineTask<StoredBatch?> Peek(int endPosition)
    {
        Invariant.Assert(Position < endPosition);
        if (!HasHeader())
        {
            var read = await disk.Read(file, Position, _piece.Memory);
            Status = read.Status;
            if (!read.IsOk)
            {
                return null;
            }
            _pieceStart = Position;
            _pieceCount = read.Count;
            if (!HasHeader())
            {
                Status = IoStatus.Failed;
                return null;
            }
        }
        var batch = StoredBatch.Read(Header());
        if (batch.SizeBytes < StoredBatch.HeaderBytes || batch.SizeBytes > endPosition - Position)
        {
            Status = IoStatus.Failed;
            return null;
        }
        return batch;
    }

    public void Advance(in StoredBatch batch) => Position += batch.SizeBytes;

    public void Release() => _piece.Release();

    private bool HasHeader() =>
        _pieceStart >= 0
        && Position >= _pieceStart
        && Position + StoredBatch.HeaderBytes <= _pieceStart + _pieceCount;

    private ReadOnlySpan<byte> Header() =>
        _piece.Span.Slice((int)(Position - _pieceStart), StoredBatch.HeaderBytes);
}
