using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Ends a log at its last sound batch: cuts off what a power cut can have left behind it. A log that syncs
/// every group cuts nothing that one cannot have left; the others have no synced data to tell torn data from,
/// so theirs is always cut.
/// </summary>
internal sealed class LogTail(IShard shard, IDisk disk, LogSettings settings, LogState state)
{
    /// <summary>Null when the segment now ends behind its last sound batch, durably.</summary>
    public async EngineTask<string?> Cut(Segment segment, Offset expected)
    {
        var file = segment.File!;
        if (settings.SyncBeforeAcknowledge)
        {
            var examiner = new TailExaminer(shard, disk, file, segment.SizeBytes, expected);
            switch (await examiner.Run())
            {
                case TailVerdict.Damaged:
                    return $"has damaged bytes at {segment.SizeBytes} although a sound batch follows";
                case TailVerdict.Unreadable:
                    return "cannot be read";
                default:
                    break;
            }
        }
        shard.Trace.Mark("torn-tail-cut");
        state.DroppedBytes = file.Length - segment.SizeBytes;
        var cut = await disk.Truncate(file, segment.SizeBytes);
        if (!cut.IsOk)
        {
            return "cannot be truncated";
        }
        var synced = await disk.Sync(file);
        return synced.IsOk ? null : "cannot be synced";
    }
}
