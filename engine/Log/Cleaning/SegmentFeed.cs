using System;
using Testbed.Foundation;
using Testbed.Wire.Records;

namespace Testbed.Log;

/// <summary>
/// Reads segments from the disk, piece by piece, and hands out their batches, each checked: outline,
/// checksum, and offsets that ascend within the segment's. Others have their turn after every piece, and
/// after so many bytes of work where a piece unpacks to many more.
/// </summary>
/// <remarks>
/// Damage ends the walk with a reason that names file and position. Nothing behind it is looked at: what
/// compaction has not understood it must not drop.
/// </remarks>
internal sealed class SegmentFeed(IShard shard, IDisk disk)
{
    private const int PieceBytes = 256 * 1024;
    private const int WorkBytesPerTurn = 1024 * 1024;

    private Lease _piece = shard.Buffers.Rent(PieceBytes);
    private CleanSource _source = null!;     // set by every walk
    private int _position;                   // in the file: of the first byte not handed out
    private int _taken;                      // in the piece: the same
    private int _count;                      // bytes in the piece
    private Offset _lowest;                  // no batch begins below
    private bool _isStopped;

    /// <summary>What reading and writing are held back by; none when null.</summary>
    public CleaningPace? Pace { get; init; }

    /// <summary>Ends a walk at its next turn.</summary>
    public void Stop() => _isStopped = true;

    /// <summary>Null when the taker has had all batches, or as many as it needs.</summary>
    public async EngineTask<CleanFailure?> Walk(
        CleanSource source, IBatchTaker taker, CleanedWriter? output = null)
    {
        Begin(source);
        while (_position < source.SizeBytes && !taker.IsDone)
        {
            var failure = await Fill() ?? HandOut(taker);
            if (failure is null && output is not null)
            {
                failure = await output.Flush();
            }
            if (failure is not null)
            {
                return failure;
            }
            if (Pace is not null)
            {
                await Rest(Pace);
            }
            if (_isStopped)
            {
                return CleanFailure.Of(CleanStatus.Stopped, "was asked to stop");
            }
        }
        return null;
    }

    public void Release() => _piece.Release();

    private void Begin(CleanSource source)
    {
        _source = source;
        _position = 0;
        _taken = 0;
        _count = 0;
        _lowest = source.Base;
    }

    /// <summary>Makes sure that a whole batch is at hand. In any case others have their turn first.</summary>
    private async EngineTask<CleanFailure?> Fill()
    {
        var wanted = WantedBytes();
        if (wanted <= _count - _taken)
        {
            await Turn();
            return null;
        }
        if (wanted > _piece.Capacity)
        {
            _piece.Release();
            _piece = shard.Buffers.Rent(wanted);
        }
        var length = Math.Min(_piece.Capacity, _source.SizeBytes - _position);
        var read = await disk.Read(_source.File, _position, _piece.Memory[..length]);
        _taken = 0;
        _count = read.IsOk ? read.Count : 0;
        Pace?.Spend(_count);
        return _count == length
            ? null
            : CleanFailure.OfDisk(
                read.IsOk ? IoStatus.Failed : read.Status, $"{Place()} cannot be read: {read.Status}");
    }

    /// <summary>
    /// Bytes of the batch that comes next, so far as the piece tells; at least a header's.
    /// </summary>
    private int WantedBytes()
    {
        var left = _source.SizeBytes - _position;
        var frame = BatchFrame.Of(_piece.Span[_taken.._count]);
        return frame.Framing == BatchFraming.Partial
            ? (int)Math.Min(left, Math.Max(frame.SizeBytes, BatchLayout.Records))
            : 0;
    }

    private CleanFailure? HandOut(IBatchTaker taker)
    {
        var work = 0;
        while (work < WorkBytesPerTurn && !taker.IsDone && _position < _source.SizeBytes)
        {
            var rest = _piece.Span[_taken.._count];
            var frame = BatchFrame.Of(rest);
            if (HasMoreToRead(rest, frame))
            {
                return null;
            }
            if (FlawOf(rest, frame) is { } flaw)
            {
                return CleanFailure.Of(CleanStatus.Damaged, $"{Place()} {flaw}");
            }
            var batch = new RecordBatch(rest[..(int)frame.SizeBytes]);
            _lowest = new Offset(batch.LastOffset) + 1;
            var isLast = _position + batch.SizeInBytes == _source.SizeBytes;
            if (taker.Take(batch, isLast) is { } failure)
            {
                return failure with { Reason = $"{Place()} {failure.Reason}" };
            }
            _taken += batch.SizeInBytes;
            _position += batch.SizeInBytes;
            work += taker.WorkBytes;
        }
        return null;
    }

    /// <summary>The batch may be a whole one, and its end has not been read.</summary>
    private bool HasMoreToRead(ReadOnlySpan<byte> rest, BatchFrame frame)
    {
        var left = _source.SizeBytes - _position;
        return frame.Framing == BatchFraming.Partial
            && rest.Length < left
            && frame.SizeBytes <= Math.Min(left, Limits.StoredBatchMaxBytes);
    }

    private string? FlawOf(ReadOnlySpan<byte> rest, BatchFrame frame)
    {
        if (frame.Framing != BatchFraming.Whole)
        {
            return $"has no batch: {frame.Framing}";
        }
        var batch = new RecordBatch(rest[..(int)frame.SizeBytes]);
        if (!batch.IsCrcValid)
        {
            return "has a batch with a wrong checksum";
        }
        var isInOrder = batch.LastOffsetDelta >= 0
            && batch.BaseOffset >= _lowest.Value
            && batch.LastOffset >= batch.BaseOffset
            && batch.LastOffset < _source.End.Value
            && batch.LastOffset - _source.Base.Value <= int.MaxValue;
        return isInOrder ? null : $"has offsets {batch.BaseOffset} to {batch.LastOffset} out of order";
    }

    private string Place() => $"file {_source.File.Path} in {disk.Name} at {_position}";

    private EngineOp<bool> Turn()
    {
        var turn = new EngineOp<bool>(shard);
        turn.Complete(true);
        return turn;
    }

    private async EngineTask Rest(CleaningPace pace)
    {
        const long PauseMsMax = 100;
        var pauseMs = pace.PauseMs(shard.Now);
        while (pauseMs > 0 && !_isStopped)
        {
            await shard.Delay(Math.Min(pauseMs, PauseMsMax));
            pauseMs = pace.PauseMs(shard.Now);
        }
    }
}
