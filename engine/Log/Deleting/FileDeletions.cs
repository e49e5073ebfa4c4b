using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Files that are no longer part of a log: renamed at once, so that a log that is opened finds them by name,
/// and deleted after a while (file.delete.delay.ms), as Kafka's are.
/// </summary>
internal sealed class FileDeletions : IDeadlineSink<string>
{
    private readonly IDisk _disk;
    private readonly DeadlineQueue<string> _doomed;
    private readonly IShard _shard;

    public FileDeletions(IShard shard, IDisk disk)
    {
        _shard = shard;
        _disk = disk;
        _doomed = new DeadlineQueue<string>(shard, this);
    }

    /// <summary>
    /// Renames a file durably and deletes it later. NotFound, when it is not there, changes nothing.
    /// </summary>
    public async EngineTask<IoStatus> Delete(string path, long delayMs)
    {
        var renamed = await _disk.Rename(path, path + LogFileNames.DeletedSuffix);
        if (renamed.IsOk)
        {
            _doomed.Add(_shard.Now.PlusMs(delayMs), path + LogFileNames.DeletedSuffix);
        }
        return renamed.Status;
    }

    /// <summary>Deletes the files of a segment later that are renamed already.</summary>
    public void Doom(string directory, Offset baseOffset, long delayMs)
    {
        foreach (var kind in PartitionFile.SegmentKinds)
        {
            var file = new PartitionFile(baseOffset, kind, PartitionFileStage.Deleted);
            _doomed.Add(_shard.Now.PlusMs(delayMs), $"{directory}/{file.Name}");
        }
    }

    /// <summary>What cannot be deleted is deleted when the log is opened next.</summary>
    public void OnDeadline(string row) => _ = Remove(row);

    private async EngineTask Remove(string path) => await _disk.Delete(path);
}
