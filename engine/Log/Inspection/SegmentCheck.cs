using System;
using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Wire.Records;

namespace Testbed.Log;

/// <summary>
/// Inspects one segment: its batches as they come by, and its indexes against them. Made by
/// <see cref="PartitionCheck.Begin"/>, then shown the file piece by piece to its end.
/// </summary>
public sealed class SegmentCheck
{
    private readonly PartitionCheck _partition;
    private readonly SegmentInputs _segment;
    private readonly FindingList _findings;
    private readonly ByteBuffer _scratch;
    private readonly BatchWalk _walk;
    private readonly OffsetIndexCheck? _offsets;    // null when there is no index that can be one
    private readonly TimeIndexCheck? _times;
    private DamageRegion? _damage;                  // behind the last sound batch

    internal SegmentCheck(
        PartitionCheck partition, SegmentInputs segment, FindingList findings, ByteBuffer scratch)
    {
        _partition = partition;
        _segment = segment;
        _findings = findings;
        _scratch = scratch;
        _walk = new BatchWalk(segment.SizeBytes, segment.BaseOffset);
        _offsets = ReadOffsets();
        _times = ReadTimes();
    }

    /// <summary>Where in the file the next window begins.</summary>
    public long Position => _walk.Position;

    /// <summary>
    /// Takes the next step through a window of the file that begins at <see cref="Position"/>; with End, the
    /// segment has been inspected.
    /// </summary>
    public WalkStep Next(ReadOnlySpan<byte> window)
    {
        var position = _walk.Position;
        var step = _walk.Next(window);
        switch (step.Kind)
        {
            case WalkKind.Batch:
                TellDamage(isTail: false);
                OnBatch(window[..step.SizeBytes], position);
                break;
            case WalkKind.DamagedBatch:
            case WalkKind.NoBatch:
                _damage = DamageRegion.Grown(_damage, _walk.Position, step);
                break;
            case WalkKind.End:
                TellDamage(isTail: true);
                _offsets?.OnEnd(IsWritten);
                _times?.OnEnd(IsWritten);
                break;
            default:
                break;
        }
        return step;
    }

    /// <summary>Whether the segment may be written to, or was when its node went down.</summary>
    private bool IsWritten => _segment.IsLast && !_partition.IsClosedCleanly;

    private void OnBatch(ReadOnlySpan<byte> bytes, long position)
    {
        var batch = new RecordBatch(bytes);
        var header = StoredBatch.Read(bytes);
        if (BatchContents.Flaw(batch, _scratch) is { Length: > 0 } flaw)
        {
            _findings.Problem(_segment.LogFile, $"batch {header.BaseOffset} at {position}: {flaw}");
        }
        if (header.EndOffset - 1 - _segment.BaseOffset > int.MaxValue)
        {
            _findings.Problem(
                _segment.LogFile,
                $"batch {header.BaseOffset} at {position} is too far from the offset in the name");
        }
        _offsets?.OnBatch(header.Span, position);
        _times?.OnBatch(header.Span);
        _partition.OnBatch(_segment, header, bytes, position);
    }

    private void TellDamage(bool isTail)
    {
        if (_damage is not { } damage)
        {
            return;
        }
        _damage = null;
        _partition.OnDamage();
        var isTorn = isTail && IsWritten;
        var prefix = isTorn ? "torn tail, which opening the log cuts, or a running node is writing: " : "";
        _findings.Tell(isTorn, _segment.LogFile, prefix + damage);
    }

    private OffsetIndexCheck? ReadOffsets()
    {
        if (_segment.OffsetIndex is not { } bytes)
        {
            TellMissing(_segment.OffsetIndexFile);
            return null;
        }
        var bound = IsWritten ? long.MaxValue : _segment.SizeBytes;
        var index = OffsetIndex.TryParse(_segment.BaseOffset, bytes, bound, out var problem);
        if (index is null)
        {
            _findings.Problem(_segment.OffsetIndexFile, problem);
            return null;
        }
        return new OffsetIndexCheck(index, _segment.OffsetIndexFile, _findings);
    }

    private TimeIndexCheck? ReadTimes()
    {
        if (_segment.TimeIndex is not { } bytes)
        {
            TellMissing(_segment.TimeIndexFile);
            return null;
        }
        var end = new Offset(long.MaxValue);
        var index = TimeIndex.TryParse(_segment.BaseOffset, bytes, end, out var problem);
        if (index is null)
        {
            _findings.Problem(_segment.TimeIndexFile, problem);
            return null;
        }
        return new TimeIndexCheck(index, _segment.TimeIndexFile, _findings);
    }

    private void TellMissing(string file) =>
        _findings.Note(file, "is missing; it is made anew when somebody needs it");
}
