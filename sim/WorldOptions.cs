using System;

namespace Testbed.Sim;

/// <summary>
/// All that a world is made of besides its nodes. Together with the seed this decides a run completely.
/// </summary>
public sealed record WorldOptions
{
    public ulong Seed { get; init; }

    /// <summary>The date at virtual time zero: 2024-01-01 00:00 UTC, in milliseconds since 1970.</summary>
    public long StartWallMs { get; init; } = 1_704_067_200_000;

    /// <summary>A node's date is off by at most this, either way.</summary>
    public long WallOffsetMsMax { get; init; } = 500;

    /// <summary>A node's clock runs wrong by at most this many parts per million, either way.</summary>
    public long DriftPpmMax { get; init; }

    /// <summary>
    /// A shard gets to what it has posted after at most this many ticks of 100 ns; 0: at the same virtual
    /// time. Its posts keep their order either way.
    /// </summary>
    public long PostDelayTicksMax { get; init; }

    /// <summary>More events than this at one virtual time: something posts itself for ever.</summary>
    public int EventsPerInstantMax { get; init; } = 1_000_000;

    /// <summary>Bytes of returned buffers that each shard keeps.</summary>
    public long RetainedBufferBytes { get; init; } = 1024 * 1024;

    public NetworkOptions Network { get; init; } = new();

    public DiskOptions Disk { get; init; } = new();

    /// <summary>Makes the queue that chooses what happens next; each world gets its own.</summary>
    public Func<IEventQueue> NewQueue { get; init; } = () => new TimeOrderedQueue();
}
