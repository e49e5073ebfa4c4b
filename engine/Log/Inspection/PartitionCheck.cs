using System;
using System.Collections.Generic;
using Testbed.Compression;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Inspects one partition's log: replays its batches, segment after segment, and compares everything else in
/// the directory with that. Touches no file; whoever has them hands over their bytes. Changes nothing.
/// <code>
/// every batch           checksum, records, offsets that only go up, leader epochs that never go back
/// .index .timeindex     each entry is a batch's
/// .txnindex             the aborted transactions whose markers are in the segment
/// .snapshot             what replaying the log up to there leaves of the producers
/// leader epochs         each batch is in the epoch that the checkpoint says
/// </code>
/// Compaction and deletion leave logs that no longer tell all of that. From the first gap or damage on, and
/// where the beginning is gone without a snapshot, only contradictions count: see <see cref="SnapshotCheck"/>
/// and <see cref="AbortedCheck"/>.
/// </summary>
public sealed class PartitionCheck
{
    private readonly FindingList _findings;
    private readonly ByteBuffer _scratch;
    private readonly SnapshotCheck _snapshots;
    private readonly List<AbortedTransaction> _aborted = [];    // by markers of the segment now read
    private ProducerStates _producers = new();
    private LeaderEpochs? _epochs;                              // null while no checkpoint can be compared
    private string _epochFile = "";
    private LeaderEpoch _epoch = LeaderEpoch.None;              // of the last batch
    private bool _hasBegun;
    private bool _isExact = true;                               // replaying tells everything

    private readonly Offset? _cleanedEnd;

    /// <param name="isClosedCleanly">Whether a broker has closed the log and not opened it since.</param>
    /// <param name="cleanedEnd">
    /// Offsets below may be missing, for compaction has been there; null where that is not known.
    /// </param>
    /// <param name="snapshots">The producer snapshots of the directory.</param>
    /// <param name="findings">Gets what is found.</param>
    /// <param name="scratch">For unpacked records.</param>
    public PartitionCheck(
        bool isClosedCleanly,
        Offset? cleanedEnd,
        ISnapshotSource snapshots,
        FindingList findings,
        ByteBuffer scratch)
    {
        _cleanedEnd = cleanedEnd;
        IsClosedCleanly = isClosedCleanly;
        _findings = findings;
        _scratch = scratch;
        _snapshots = new SnapshotCheck(snapshots, findings);
    }

    public bool IsClosedCleanly { get; }

    /// <summary>Exclusive end of the sound batches so far.</summary>
    public Offset EndOffset { get; private set; }

    public long BatchCount { get; private set; }

    /// <summary>The leader epoch checkpoint's content; before the first segment.</summary>
    public void UseEpochs(string file, string text)
    {
        _epochFile = file;
        _epochs = LeaderEpochCheckpoint.TryParse(text, out var problem);
        if (_epochs is null)
        {
            _findings.Problem(file, problem);
        }
    }

    /// <summary>The next segment, in order of offsets. The one before has been shown to its end.</summary>
    public SegmentCheck Begin(SegmentInputs segment)
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            EndOffset = segment.BaseOffset;
            _snapshots.PassBefore(segment.BaseOffset);
            Restore(segment);
        }
        else if (segment.BaseOffset < EndOffset)
        {
            _findings.Problem(
                segment.LogFile,
                $"is named {segment.BaseOffset}, but the segment before it ends at {EndOffset}");
        }
        else if (segment.BaseOffset > EndOffset && segment.BaseOffset > _cleanedEnd)
        {
            _findings.Problem(
                segment.LogFile,
                $"begins at {segment.BaseOffset}, but the segment before it ends at {EndOffset}");
        }
        else if (!_snapshots.Has(segment.BaseOffset))
        {
            _findings.Note(segment.SnapshotFile, "is missing; opening the log replays more of it");
        }
        _aborted.Clear();
        return new SegmentCheck(this, segment, _findings, _scratch);
    }

    /// <summary>
    /// The segment has been shown to its end; its index of aborted transactions as it is now, or null.
    /// </summary>
    public void FinishSegment(SegmentInputs segment, ReadOnlyMemory<byte>? aborted)
    {
        var mayLackTail = segment.IsLast && !IsClosedCleanly;
        var check = new AbortedCheck(segment.AbortedFile, _isExact, mayLackTail, EndOffset, _findings);
        check.Compare(segment.BaseOffset, aborted, _aborted);
    }

    /// <summary>All segments have been shown.</summary>
    public void Finish()
    {
        _snapshots.Compare(EndOffset, _producers, _isExact);
        _snapshots.TellBeyond(EndOffset, IsClosedCleanly);
        foreach (var (epoch, start) in _epochs?.Starts ?? [])
        {
            if (start > EndOffset)
            {
                var text = $"epoch {epoch} begins at {start}, beyond the log's end {EndOffset}";
                _findings.Tell(!IsClosedCleanly, _epochFile, text);
            }
        }
    }

    /// <summary>Bytes of the segment now read are damaged: batches are missing from the replay.</summary>
    internal void OnDamage() => _isExact = false;

    internal void OnBatch(
        SegmentInputs segment, in StoredBatch batch, ReadOnlySpan<byte> bytes, long position)
    {
        BatchCount++;
        if (batch.BaseOffset < EndOffset)
        {
            _findings.Problem(
                segment.LogFile,
                $"batch {batch.BaseOffset} at {position} comes after a batch that ends at {EndOffset}");
            OnDamage();
            return;
        }
        CheckEpoch(segment, batch, position);
        _snapshots.Compare(EndOffset, _producers, _isExact);
        _isExact &= batch.BaseOffset == EndOffset;
        _snapshots.Compare(batch.BaseOffset, _producers, _isExact);
        if (_producers.OnAppended(batch, bytes, new Instant(0)) is { IsAborted: true } completed)
        {
            _aborted.Add(completed.ToAborted());
        }
        _producers.OnHighWatermark(batch.EndOffset);
        _isExact &= _producers.Count < Limits.ProducersPerPartition;    // none was forgotten
        EndOffset = batch.EndOffset;
    }

    private void CheckEpoch(SegmentInputs segment, in StoredBatch batch, long position)
    {
        if (batch.Epoch < _epoch)
        {
            _findings.Problem(
                segment.LogFile,
                $"batch {batch.BaseOffset} at {position} is of leader epoch {batch.Epoch}, "
                    + $"the one before of {_epoch}");
            return;
        }
        _epoch = batch.Epoch;
        if (_epochs is null || IsBeforeEpochs(batch) || _epochs.EpochAt(batch.BaseOffset) == batch.Epoch)
        {
            return;
        }
        if (!IsClosedCleanly && segment.IsLast && batch.Epoch > _epochs.Latest)
        {
            _findings.Note(
                _epochFile,
                $"lacks epoch {batch.Epoch} from offset {batch.BaseOffset} on; opening the log adds it");
            _epochs.Assign(batch.Epoch, batch.BaseOffset);
        }
        else
        {
            _findings.Problem(
                _epochFile,
                $"offset {batch.BaseOffset} is of epoch {_epochs.EpochAt(batch.BaseOffset)} here "
                    + $"and of epoch {batch.Epoch} in the log");
        }
    }

    /// <summary>
    /// Deleting records moves up where the first epoch begins, while their batches may still be there.
    /// </summary>
    private bool IsBeforeEpochs(in StoredBatch batch) =>
        _epochs is { Starts.Count: > 0 } && batch.BaseOffset < _epochs.Starts[0].Start;

    /// <summary>Where a log no longer begins at 0, the snapshot there has what came before.</summary>
    private void Restore(SegmentInputs first)
    {
        if (first.BaseOffset == Offset.Zero)
        {
            return;
        }
        var known = _snapshots.TryRead(first.BaseOffset);
        _isExact = known is not null;
        _producers = known is null ? _producers : ProducerStates.Restore(known, new Instant(0));
    }
}
