using System.Linq;
using Testbed.Foundation;
using Testbed.Log;

namespace Testbed.Tests.Sim.Logs;

/// <summary>
/// Damages a file that only helps, in a way that shows: it is gone, or cannot be what it was. The log is not
/// open, and must be the same afterwards.
/// </summary>
internal sealed class HelperDamage(LogMachine machine)
{
    private static readonly string[] Removable =
    [
        LogFileNames.OffsetIndexSuffix, LogFileNames.TimeIndexSuffix, LogFileNames.AbortedIndexSuffix,
        LogFileNames.SnapshotSuffix, LeaderEpochCheckpoint.FileName,
    ];

    public void Do(Prng chance)
    {
        var disk = machine.Shard.Disks[0];
        var paths = machine.Device.FilePaths()
            .Where(static path => path.StartsWith(LogMachine.Directory))
            .Where(static path => Removable.Any(path.EndsWith))
            .ToList();
        for (var left = 1 + chance.Below(3); left > 0 && paths.Count > 0; left--)
        {
            var path = paths[chance.Below(paths.Count)];
            paths.Remove(path);
            if (chance.Chance(1, 2))
            {
                machine.Wait(disk.Delete(path));
            }
            else
            {
                Overwrite(disk, path, chance);
            }
        }
        machine.Wait(disk.SyncDirectory(LogMachine.Directory));
    }

    /// <summary>An index has no odd length; a snapshot has a checksum; and "x" is no epoch.</summary>
    private void Overwrite(IDisk disk, string path, Prng chance)
    {
        var file = machine.Wait(disk.Open(path, OpenMode.Existing)).File!;
        var at = path.EndsWith(LogFileNames.SnapshotSuffix) ? chance.Below(file.Length) : file.Length;
        int old = at < file.Length ? machine.Device.Contents(path)![at] : (byte)'w';
        machine.Wait(disk.Write(file, at, [new[] { unchecked((byte)(old + 1)) }]));
        machine.Wait(disk.Sync(file));
        disk.Close(file);
    }
}
