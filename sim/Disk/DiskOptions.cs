using System.Collections.Generic;

namespace Testbed.Sim;

/// <summary>How disks behave where no fault says otherwise. Times are in ticks of 100 ns.</summary>
public sealed record DiskOptions
{
    public Delay ReadDelay { get; init; } =
        new(MinTicks: 300, SpreadTicks: 1_500, SlowOneIn: 50, SlowTicks: 50_000);

    public Delay WriteDelay { get; init; } =
        new(MinTicks: 100, SpreadTicks: 900, SlowOneIn: 200, SlowTicks: 100_000);

    /// <summary>Of files and of directories.</summary>
    public Delay SyncDelay { get; init; } =
        new(MinTicks: 5_000, SpreadTicks: 25_000, SlowOneIn: 50, SlowTicks: 1_000_000);

    /// <summary>Opening, renaming, deleting, listing, truncating.</summary>
    public Delay NameDelay { get; init; } =
        new(MinTicks: 200, SpreadTicks: 2_000, SlowOneIn: 100, SlowTicks: 50_000);

    /// <summary>On top, for each KiB read or written.</summary>
    public long TicksPerKiB { get; init; } = 5;

    /// <summary>What a disk writes all or nothing; drawn per disk.</summary>
    public IReadOnlyList<int> SectorBytes { get; init; } = [512, 4096];
}
