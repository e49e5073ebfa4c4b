using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Node.Controller;

namespace Testbed.Node.Boot;

/// <summary>
/// Finds the log directory that has the metadata log: the first of a new cluster, later the one that has it,
/// wherever it stands in log.dirs. Partitions without metadata are never taken for a new cluster's, and none
/// is founded while a directory cannot be looked into.
/// </summary>
internal sealed class MetadataDirectory(IReadOnlyList<BootDisk> disks)
{
    /// <summary>The directory's disk, once <see cref="Find"/> has found no problem.</summary>
    public IDisk Disk { get; private set; } = disks[0].Disk;

    /// <summary>Reads without changing anything. Null when all is well.</summary>
    public async EngineTask<string?> Find()
    {
        IDisk? found = null;
        IDisk? partitions = null;
        foreach (var one in disks.Where(static one => one.IsUsable))
        {
            var disk = one.Disk;
            var listing = await disk.List("");
            if (listing.Status != IoStatus.Ok)
            {
                one.Refusal = $"{disk.Name} cannot be listed ({listing.Status}); "
                    + "check the disk and its permissions";
                continue;
            }
            var hasMetadata = listing.Names.Contains(MetadataLog.Directory + "/");
            if (hasMetadata && found is not null)
            {
                return $"log.dirs: {found.Name} and {disk.Name} both have {MetadataLog.Directory}; "
                    + "take away the one that is not this cluster's";
            }
            var hasPartitions = await HasPartitions(disk, listing.Names);
            if ((hasMetadata || hasPartitions) && !listing.Names.Contains(MetaProperties.FileName))
            {
                return $"log.dirs: {disk.Name} has partitions and no {MetaProperties.FileName}; "
                    + "put that file back";
            }
            found = hasMetadata ? disk : found;
            partitions = hasPartitions ? disk : partitions;
        }
        if (found is null && disks.FirstOrDefault(static one => !one.IsUsable) is { } refused)
        {
            return $"log.dirs: {refused.Refusal}; {MetadataLog.Directory} is in no other directory";
        }
        if (found is null && partitions is not null)
        {
            return $"log.dirs: {partitions.Name} has partitions, but no directory has "
                + $"{MetadataLog.Directory}; put back the directory that is missing";
        }
        Disk = found ?? disks[0].Disk;
        return null;
    }

    private static async EngineTask<bool> HasPartitions(IDisk disk, IReadOnlyList<string> entries)
    {
        foreach (var entry in entries)
        {
            if (entry.EndsWith('/') && await PartitionDirectory.IsOne(disk, entry[..^1]))
            {
                return true;
            }
        }
        return false;
    }
}
