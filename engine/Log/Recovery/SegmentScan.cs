using System;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Reads one segment from some batch to its end while a log is opened: checks every batch, brings indexes,
/// epochs and the producers' state up to it. No batch can be of an epoch older than the one before it, or
/// newer than the newest there has been.
/// </summary>
internal sealed class SegmentScan(
    IShard shard, LogStore store, LogState state, LogOpening opening, bool mayHaveGaps, Offset producersFrom)
{
    private const int PieceBytes = 1024 * 1024;

    private LeaderEpoch _lastEpoch = LeaderEpoch.None;
    private Lease _piece = shard.Buffers.Rent(PieceBytes);
    private string? _impossible;    // a batch that is sound and yet cannot be

    /// <summary>Next offset, after the sound batches seen.</summary>
    public Offset Expected { get; private set; } = state.StartOffset;

    public void Release() => _piece.Release();

    /// <summary>
    /// The segment's batches are taken from its SizeBytes on, which then says where the sound ones end. Null
    /// unless reading fails or a batch cannot be.
    /// </summary>
    public async EngineTask<string?> Run(Segment segment, Offset expected)
    {
        Expected = expected;
        var length = segment.File!.Length;
        while (segment.SizeBytes < length)
        {
            var read = await store.Disk.Read(segment.File, segment.SizeBytes, _piece.Memory);
            if (!read.IsOk)
            {
                return "cannot be read";
            }
            var taken = TakeBatches(segment, read.Count);
            store.Place.ExaminedBytes += taken;
            if (_impossible is not null)
            {
                return _impossible;
            }
            if (taken > 0)
            {
                continue;
            }
            var size = BatchCheck.SizeOf(_piece.Span[..read.Count]);
            if (size <= _piece.Capacity || size > length - segment.SizeBytes)
            {
                return null;
            }
            _piece.Release();
            _piece = shard.Buffers.Rent((int)size);
        }
        return null;
    }

    private int TakeBatches(Segment segment, int count)
    {
        var taken = 0;
        while (IsNext(_piece.Span[taken..count]))
        {
            var bytes = _piece.Span[taken..];
            var batch = StoredBatch.Read(bytes);
            if (batch.Epoch < _lastEpoch || batch.Epoch.Value < 0 || batch.Epoch > opening.NewestEpoch)
            {
                _impossible = $"has a batch at {segment.SizeBytes} of leader epoch {batch.Epoch}, "
                    + $"which is not between {_lastEpoch} and {opening.NewestEpoch}";
                break;
            }
            if (!segment.IsNear(batch))
            {
                _impossible = $"has a batch at {segment.SizeBytes} of offset {batch.BaseOffset}, "
                    + "which is too far from the one in its name";
                break;
            }
            Take(segment, batch, bytes[..batch.SizeBytes]);
            taken += batch.SizeBytes;
        }
        _impossible ??= Contradiction(segment, _piece.Span[taken..count]);
        return taken;
    }

    /// <summary>
    /// In a log that may have gaps, any higher offset could be right. So a sound batch of a lower one behind
    /// it shows that one of the two has changed: no write leaves that.
    /// </summary>
    private string? Contradiction(Segment segment, ReadOnlySpan<byte> bytes) =>
        mayHaveGaps && BatchCheck.IsSoundAbove(bytes, segment.BaseOffset - 1)
            ? $"has a batch at {segment.SizeBytes} of offset {StoredBatch.Read(bytes).BaseOffset} "
                + $"behind one that ends at {Expected}"
            : null;

    private bool IsNext(ReadOnlySpan<byte> bytes) => mayHaveGaps
        ? BatchCheck.IsSoundAbove(bytes, Expected - 1)
        : BatchCheck.IsSound(bytes, Expected);

    private void Take(Segment segment, in StoredBatch batch, ReadOnlySpan<byte> bytes)
    {
        if (segment.SizeBytes == 0)
        {
            state.FirstTimestampMs = batch.MaxTimestampMs;
        }
        segment.OnWritten(batch.Span);
        if (state.Epochs.EpochAt(batch.BaseOffset) != batch.Epoch)
        {
            state.Epochs.TruncateFromEnd(batch.BaseOffset);
            state.Epochs.Assign(batch.Epoch, batch.BaseOffset);
        }
        if (batch.BaseOffset >= producersFrom
            && state.Producers.OnAppended(batch, bytes, shard.Now) is { IsAborted: true } ended)
        {
            segment.Aborted!.Add(ended.ToAborted());
        }
        _lastEpoch = batch.Epoch;
        Expected = batch.EndOffset;
    }
}
