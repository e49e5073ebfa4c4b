using System.Collections.Generic;

namespace Testbed.Sim;

/// <summary>What one node of a world is like, where it differs from its neighbours.</summary>
public sealed record NodeOptions
{
    /// <summary>Its host name; n and its id when empty.</summary>
    public string Host { get; init; } = "";

    /// <summary>Its log directories by name, at least one.</summary>
    public IReadOnlyList<string> DiskNames { get; init; } = ["data"];

    /// <summary>How far its date is off, in milliseconds; drawn when null.</summary>
    public long? WallOffsetMs { get; init; }

    /// <summary>How much its clock runs too fast, in parts per million; drawn when null.</summary>
    public long? DriftPpm { get; init; }
}
