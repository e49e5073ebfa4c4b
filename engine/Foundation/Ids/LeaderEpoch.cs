using System;

namespace Testbed.Foundation;

/// <summary>Counts the leaders of one partition, from 0 (KIP-101); -1 is "unknown" on the wire.</summary>
public readonly record struct LeaderEpoch(int Value) : IComparable<LeaderEpoch>
{
    public static LeaderEpoch None => new(-1);

    public int CompareTo(LeaderEpoch other) => Value.CompareTo(other.Value);

    public static bool operator <(LeaderEpoch left, LeaderEpoch right) => left.Value < right.Value;
    public static bool operator >(LeaderEpoch left, LeaderEpoch right) => left.Value > right.Value;
    public static bool operator <=(LeaderEpoch left, LeaderEpoch right) => left.Value <= right.Value;
    public static bool operator >=(LeaderEpoch left, LeaderEpoch right) => left.Value >= right.Value;

    public override string ToString() => Value.ToString();
}
