using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Wire.Records;

namespace Testbed.Log;

/// <summary>
/// Brings a partition's directory, before it is opened, to where an interrupted compaction was going; see
/// <see cref="SwapRecovery"/>.
/// </summary>
public static class SwapCompletion
{
    /// <summary>
    /// Null when the directory holds live files only, of these kinds; otherwise why not, in words. Then the
    /// log must not be opened: what it holds is not known.
    /// </summary>
    public static async EngineTask<string?> Run(IShard shard, IDisk disk, string directory)
    {
        var listing = await disk.List(directory);
        if (listing.Status != IoStatus.Ok)
        {
            return $"directory {directory} in {disk.Name} cannot be listed";
        }
        var ends = new SortedDictionary<Offset, Offset>();
        foreach (var swapBase in SwapRecovery.SwapsToRead(listing.Names))
        {
            shard.Trace.Mark("swap-completed-at-opening");
            var file = new PartitionFile(swapBase, PartitionFileKind.Log, PartitionFileStage.Swap);
            var problem = await ReadEnd(shard, disk, $"{directory}/{file.Name}", swapBase, ends);
            if (problem is not null)
            {
                return problem;
            }
        }
        var steps = SwapRecovery.Plan(listing.Names, ends);
        if (steps.Count == 0)
        {
            return null;
        }
        shard.Trace.Mark("leftovers-of-cleaning-removed");
        var status = await FileOperations.Run(disk, directory, steps);
        return status == IoStatus.Ok
            ? null
            : $"what compaction left in {directory} in {disk.Name} cannot be deleted or renamed: {status}";
    }

    private static async EngineTask<string?> ReadEnd(
        IShard shard, IDisk disk, string path, Offset swapBase, SortedDictionary<Offset, Offset> ends)
    {
        var opened = await disk.Open(path, OpenMode.Existing);
        if (opened.File is not { } file)
        {
            return $"file {path} in {disk.Name} cannot be opened: {opened.Status}";
        }
        var end = new EndFinder(swapBase);
        var feed = new SegmentFeed(shard, disk);
        var source = new CleanSource(
            swapBase, new Offset(long.MaxValue), file, (int)file.Length, RecordBatch.NoTimestamp, []);
        var failure = await feed.Walk(source, end);
        feed.Release();
        disk.Close(file);
        ends[swapBase] = end.End;
        return failure?.Reason;
    }
}
