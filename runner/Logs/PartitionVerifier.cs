using System;
using System.IO;
using System.Text;
using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Log;

namespace Testbed.Runner.Logs;

/// <summary>
/// Hands the files of one partition's directory to a <see cref="PartitionCheck"/>. Reads only; files that a
/// running broker changes or deletes meanwhile are told as such.
/// </summary>
internal sealed class PartitionVerifier(PartitionFolder folder, FindingList findings)
{
    private const long RetainedBytesMax = 64 * 1024 * 1024;

    private readonly ByteBuffer _scratch = new(new BufferPool(RetainedBytesMax, poison: false));

    /// <summary>Where the log ends, by its batches.</summary>
    public Offset EndOffset { get; private set; }

    public long BatchCount { get; private set; }

    public void Run()
    {
        var cleanedEnd = folder.CleanedEnd();
        var check = new PartitionCheck(folder.IsClosedCleanly, cleanedEnd, folder, findings, _scratch);
        Guarded(LeaderEpochCheckpoint.FileName, () => CheckEpochs(check));
        for (var i = 0; i < folder.Segments.Count; i++)
        {
            var segment = folder.Segments[i];
            var isLast = i == folder.Segments.Count - 1;
            Guarded(segment.Name, () => CheckSegment(check, segment, isLast));
        }
        if (folder.Segments.Count > 0)
        {
            check.Finish();
        }
        EndOffset = check.EndOffset;
        BatchCount = check.BatchCount;
        foreach (var file in folder.Files)
        {
            Guarded(file.Name, () => CheckOther(file, cleanedEnd));
        }
    }

    private void CheckEpochs(PartitionCheck check)
    {
        var shown = folder.Shown(LeaderEpochCheckpoint.FileName);
        if (folder.TryRead(LeaderEpochCheckpoint.FileName) is { } bytes)
        {
            check.UseEpochs(shown, Encoding.UTF8.GetString(bytes.Span));
        }
        else
        {
            findings.Note(shown, "is missing; it is made anew when the log is opened");
        }
    }

    /// <summary>
    /// Indexes are read before the log and aborted transactions after it, so that what a running broker adds
    /// meanwhile contradicts nothing.
    /// </summary>
    private void CheckSegment(PartitionCheck check, LogFileName segment, bool isLast)
    {
        var offsets = folder.TryRead(segment.Stem + ".index");
        var times = folder.TryRead(segment.Stem + ".timeindex");
        using var reader = new PieceReader(folder.PathOf(segment.Name));
        if (reader.SizeBytes > int.MaxValue)
        {
            findings.Problem(
                folder.Shown(segment.Name), $"has {reader.SizeBytes} bytes, which no segment has");
            return;
        }
        var inputs = new SegmentInputs(
            folder.Shown(segment.Stem), segment.Offset, reader.SizeBytes, isLast, offsets, times);
        var current = check.Begin(inputs);
        Walk(reader, current.Next, () => current.Position);
        check.FinishSegment(inputs, folder.TryRead(segment.Stem + ".txnindex"));
    }

    private void CheckOther(LogFileName file, Offset? cleanedEnd)
    {
        switch (file.Kind)
        {
            case LogFileKind.MetadataSnapshot:
                using (var reader = new PieceReader(folder.PathOf(file.Name)))
                {
                    var check = new MetadataSnapshotCheck(
                        folder.Shown(file.Name), reader.SizeBytes, findings, _scratch);
                    Walk(reader, check.Next, () => check.Position);
                }
                break;
            case LogFileKind.Leftover:
                findings.Note(
                    folder.Shown(file.Name), "is left over from a change; opening the log removes it");
                break;
            case LogFileKind.OffsetIndex or LogFileKind.TimeIndex or LogFileKind.AbortedTransactions
                when !File.Exists(folder.PathOf(file.Stem + ".log")):
                findings.Tell(
                    !IsBetweenSegments(file.Offset) || cleanedEnd is null || file.Offset <= cleanedEnd,
                    folder.Shown(file.Name),
                    "belongs to no segment");
                break;
            case LogFileKind.Unknown:
                findings.Note(folder.Shown(file.Name), "is no file that a log has");
                break;
            default:
                break;
        }
    }

    private bool IsBetweenSegments(Offset offset) =>
        folder.Segments.Count > 0
        && offset > folder.Segments[0].Offset
        && offset < folder.Segments[^1].Offset;

    private static void Walk(PieceReader reader, WindowStep next, Func<long> position)
    {
        var needed = 0;
        WalkStep step;
        do
        {
            step = next(reader.Window(position(), needed));
            needed = step.Kind == WalkKind.NeedMore ? step.SizeBytes : 0;
        }
        while (step.Kind != WalkKind.End);
    }

    /// <summary>
    /// A file that goes away is a running broker's doing; one that cannot be read is a problem.
    /// </summary>
    private void Guarded(string file, Action work)
    {
        try
        {
            work();
        }
        catch (Exception gone) when (gone is FileNotFoundException or EndOfStreamException)
        {
            findings.Note(folder.Shown(file), "was changed or deleted while it was read");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            findings.Problem(folder.Shown(file), $"cannot be read: {failure.Message}");
        }
    }
}
