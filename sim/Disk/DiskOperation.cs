using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// One operation on its way through a disk: waits until it is first in all its lanes, is begun, and takes
/// effect as a whole when its time is up. A crash in between may leave all, nothing or a part of it.
/// </summary>
internal abstract class DiskOperation(SimShard shard, SimDisk disk, DiskRequest request) : IWork
{
    public DiskRequest Request => request;

    public SimShard Shard => shard;

    /// <summary>Whose order it keeps: of the file, and of the directories whose names it needs.</summary>
    public List<DiskLane> Lanes { get; } = [];

    /// <summary>Lanes in which others come first; 0 once it is being done.</summary>
    public int Blockers { get; set; }

    /// <summary>How it will end, decided when it is begun.</summary>
    public IoStatus Fault { get; set; }

    /// <summary>Checksum of the bytes moved; 0 for operations that move none.</summary>
    public uint Crc { get; protected set; }

    protected SimDisk Disk => disk;

    public void Run(long token) => disk.Finish(this);

    /// <summary>Takes effect and says what came of it.</summary>
    public abstract IoStatus Apply();

    /// <summary>Tells whoever waits for it.</summary>
    public abstract void Complete(IoStatus status);

    /// <summary>The device fails or is full.</summary>
    public virtual void Spoil(Prng chance) => Invariant.Assert(Fault != IoStatus.Ok);

    /// <summary>The node crashes while it is being done.</summary>
    public virtual void Interrupt(Prng chance)
    {
        if (chance.Chance(1, 2))
        {
            Apply();
        }
    }
}
