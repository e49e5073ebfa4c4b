using System;
using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// One of a log directory's files of an offset a partition. Its lines name partitions without their topic's
/// id, so a line must be gone before a topic of the same name is made again. A write that fails takes the
/// directory offline.
/// </summary>
public sealed class OffsetCheckpointFile
{
    private readonly IDisk _disk;
    private readonly string _name;
    private readonly SortedDictionary<TopicPartition, Offset> _offsets = [];
    private readonly Action<string> _fail;
    private readonly CheckpointWriter _writer;
    private bool _isChanged;    // since the last write was asked for

    /// <param name="shard">Whose file it is.</param>
    /// <param name="disk">Where it lies.</param>
    /// <param name="name">Of the file.</param>
    /// <param name="fail">Called with a reason, for people, when the disk does not take it.</param>
    public OffsetCheckpointFile(IShard shard, IDisk disk, string name, Action<string> fail)
    {
        _disk = disk;
        _name = name;
        _fail = fail;
        _writer = new CheckpointWriter(shard, disk, name, () => OffsetCheckpoint.Format(_offsets));
    }

    /// <summary>
    /// NotFound when there is no file, Failed when it cannot be read or means nothing: then no partition has
    /// an offset.
    /// </summary>
    public async EngineTask<IoStatus> Read()
    {
        var (status, text) = await AtomicText.Read(_disk, _name);
        if (status != IoStatus.Ok)
        {
            return status;
        }
        if (OffsetCheckpoint.TryParse(text!) is not { } offsets)
        {
            return IoStatus.Failed;
        }
        foreach (var (partition, offset) in offsets)
        {
            _offsets[partition] = offset;
        }
        return IoStatus.Ok;
    }

    /// <summary>Zero for a partition that has no line.</summary>
    public Offset Of(TopicPartition partition) => _offsets.GetValueOrDefault(partition);

    /// <summary>Null for a partition that has no line.</summary>
    public Offset? Find(TopicPartition partition) =>
        _offsets.TryGetValue(partition, out var offset) ? offset : null;

    /// <summary>Goes into the file with the next write.</summary>
    public void Set(TopicPartition partition, Offset offset)
    {
        if (!_offsets.TryGetValue(partition, out var known) || known != offset)
        {
            _offsets[partition] = offset;
            _isChanged = true;
        }
    }

    /// <summary>Completes once the offset is durable; with false when the disk failed.</summary>
    public EngineTask<bool> Keep(TopicPartition partition, Offset offset)
    {
        _offsets[partition] = offset;
        return WriteNow();
    }

    /// <summary>Makes all offsets durable. False when the disk failed.</summary>
    public async EngineTask<bool> Write()
    {
        if (!_isChanged)
        {
            return true;
        }
        return await WriteNow();
    }

    /// <summary>Forgets all partitions that are none any more, durably.</summary>
    public async EngineTask Forget(Predicate<TopicPartition> isGone)
    {
        var gone = _offsets.Keys.Where(partition => isGone(partition)).ToList();
        foreach (var partition in gone)
        {
            _offsets.Remove(partition);
        }
        if (gone.Count > 0)
        {
            await WriteNow();
        }
    }

    private async EngineTask<bool> WriteNow()
    {
        _isChanged = false;
        var isWritten = await _writer.Write();
        if (!isWritten)
        {
            _fail($"{_disk.Name}/{_name} cannot be written");
        }
        return isWritten;
    }
}
