using System;
using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Log;

namespace Testbed.Node.Boot;

/// <summary>
/// Where the partitions of one log directory begin that DeleteRecords has shortened: Kafka's
/// log-start-offset-checkpoint. Its lines name partitions without their topic's id, so a line must be gone
/// before a topic of the same name is made again.
/// </summary>
internal sealed class LogStarts
{
    private readonly SortedDictionary<TopicPartition, Offset> _starts = [];
    private readonly CheckpointWriter _writer;

    public LogStarts(IShard shard, LogDirectory directory)
    {
        Directory = directory;
        _writer = new CheckpointWriter(
            shard, directory.Disk, OffsetCheckpoint.LogStartFile, () => OffsetCheckpoint.Format(_starts));
    }

    public LogDirectory Directory { get; }

    public IDisk Disk => Directory.Disk;

    /// <summary>
    /// Null when all is well. A file that cannot be read or understood is a problem: deleted records would
    /// come back.
    /// </summary>
    public async EngineTask<string?> Read()
    {
        var (status, text) = await AtomicText.Read(Disk, OffsetCheckpoint.LogStartFile);
        if (status == IoStatus.NotFound)
        {
            return null;
        }
        if (OffsetCheckpoint.TryParse(text ?? "") is not { } starts)
        {
            return $"log.dirs: {Disk.Name}/{OffsetCheckpoint.LogStartFile} cannot be used ({status}); "
                + "repair it, or remove it if deleted records may come back";
        }
        foreach (var (partition, start) in starts)
        {
            _starts[partition] = start;
        }
        return null;
    }

    /// <summary>Zero for a partition that was never shortened.</summary>
    public Offset Of(TopicPartition partition) => _starts.GetValueOrDefault(partition);

    /// <summary>Completes once the start is durable; with false when the disk failed.</summary>
    public EngineOp<bool> Keep(TopicPartition partition, Offset start)
    {
        _starts[partition] = start;
        return _writer.Write();
    }

    /// <summary>Forgets all partitions that are none any more, durably.</summary>
    public async EngineTask Forget(Predicate<TopicPartition> isGone)
    {
        var gone = _starts.Keys.Where(partition => isGone(partition)).ToList();
        foreach (var partition in gone)
        {
            _starts.Remove(partition);
        }
        if (gone.Count > 0)
        {
            await _writer.Write();
        }
    }
}
