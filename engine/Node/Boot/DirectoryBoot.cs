using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Node.Settings;

namespace Testbed.Node.Boot;

/// <summary>Reads what the log directories are, and makes the new ones part of the cluster.</summary>
internal sealed class DirectoryBoot(IShard shard, NodeSettings settings)
{
    private readonly List<MetaProperties?> _found = [];

    public List<LogDirectory> Directories { get; } = [];

    public string ClusterId { get; private set; } = "";

    /// <summary>Reads without changing anything. Null when all is well.</summary>
    public async EngineTask<string?> Read()
    {
        foreach (var disk in shard.Disks)
        {
            var (status, text) = await AtomicText.Read(disk, MetaProperties.FileName);
            if (status is not (IoStatus.Ok or IoStatus.NotFound))
            {
                return $"log.dirs: {disk.Name}/{MetaProperties.FileName} cannot be read; "
                    + "check the disk and its permissions";
            }
            var problem = "";
            var meta = text is null ? null : MetaProperties.TryParse(text, out problem);
            if (problem.Length > 0)
            {
                return $"log.dirs: {disk.Name}/{MetaProperties.FileName} cannot be used: {problem}";
            }
            _found.Add(meta);
        }
        return DirectoryIdentity.Problem(settings, [.. shard.Disks.Select(static disk => disk.Name)], _found);
    }

    /// <summary>Writes meta.properties where it is missing. Null when all is well.</summary>
    public async EngineTask<string?> Claim()
    {
        var random = shard.Random("ids");
        ClusterId = DirectoryIdentity.ClusterId(settings, _found) ?? random.NextUuid().ToString();
        for (var i = 0; i < shard.Disks.Count; i++)
        {
            var disk = shard.Disks[i];
            var meta = _found[i] ?? new MetaProperties(ClusterId, settings.NodeId, random.NextUuid());
            if (_found[i] is null)
            {
                var status = await AtomicText.Write(disk, MetaProperties.FileName, meta.Format());
                if (status != IoStatus.Ok)
                {
                    return $"log.dirs: {disk.Name} cannot be written ({status}); "
                        + "free space or check its permissions";
                }
            }
            Directories.Add(new LogDirectory(shard, disk, meta.DirectoryId));
        }
        return null;
    }
}
