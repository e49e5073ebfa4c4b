using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Node.Settings;

namespace Testbed.Node.Boot;

/// <summary>
/// Reads what the log directories are, and makes the new ones part of the cluster. One that the disk refuses
/// to read or to write is offline from the start.
/// </summary>
internal sealed class DirectoryBoot(IShard shard, NodeSettings settings, IReadOnlyList<BootDisk> disks)
{
    public List<LogDirectory> Directories { get; } = [];

    public string ClusterId { get; private set; } = "";

    /// <summary>Reads without changing anything. Null when all is well.</summary>
    public async EngineTask<string?> Read()
    {
        foreach (var one in disks)
        {
            var (status, text) = await AtomicText.Read(one.Disk, MetaProperties.FileName);
            if (status is not (IoStatus.Ok or IoStatus.NotFound))
            {
                one.Refusal = $"{one.Disk.Name}/{MetaProperties.FileName} cannot be read; "
                    + "check the disk and its permissions";
                continue;
            }
            var problem = "";
            one.Meta = text is null ? null : MetaProperties.TryParse(text, out problem);
            if (problem.Length > 0)
            {
                return $"log.dirs: {one.Disk.Name}/{MetaProperties.FileName} cannot be used: {problem}";
            }
        }
        return DirectoryIdentity.Problem(
            settings,
            [.. disks.Select(static one => one.Disk.Name)],
            [.. disks.Select(static one => one.Meta)]);
    }

    /// <summary>Writes meta.properties where it is missing, in the metadata's directory first.</summary>
    /// <returns>Null when all is well.</returns>
    public async EngineTask<string?> Claim(IDisk metadata)
    {
        var random = shard.Random("ids");
        ClusterId = DirectoryIdentity.ClusterId(settings, [.. disks.Select(static one => one.Meta)])
            ?? random.NextUuid().ToString();
        foreach (var one in disks.OrderBy(one => !ReferenceEquals(one.Disk, metadata)))
        {
            if (one.IsUsable && one.Meta is null)
            {
                one.Meta = new MetaProperties(ClusterId, settings.NodeId, random.NextUuid());
                await Write(one);
            }
            if (!one.IsUsable && ReferenceEquals(one.Disk, metadata))
            {
                return $"log.dirs: {one.Refusal}";
            }
        }
        foreach (var one in disks)
        {
            var directory = new LogDirectory(shard, one.Disk, one.Meta?.DirectoryId ?? Uuid.Zero);
            Directories.Add(directory);
            if (one.Refusal is { } refusal)
            {
                directory.Fail(refusal);
            }
        }
        return null;
    }

    private static async EngineTask Write(BootDisk one)
    {
        var status = await AtomicText.Write(one.Disk, MetaProperties.FileName, one.Meta!.Format());
        if (status != IoStatus.Ok)
        {
            one.Meta = null;
            one.Refusal = $"{one.Disk.Name} cannot be written ({status}); "
                + "free space or check its permissions";
        }
    }
}
