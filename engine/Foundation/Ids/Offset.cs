using System;

namespace Testbed.Foundation;

/// <summary>
/// Position of a record in a partition, counted from 0. Ends are exclusive: a log with one record at offset 0
/// ends at offset 1. -1 stands for "no offset" on the wire.
/// </summary>
public readonly record struct Offset(long Value) : IComparable<Offset>
{
    public static Offset Zero => new(0);
    public static Offset None => new(-1);

    public int CompareTo(Offset other) => Value.CompareTo(other.Value);

    public static Offset operator +(Offset offset, long count) => new(offset.Value + count);
    public static Offset operator -(Offset offset, long count) => new(offset.Value - count);
    public static long operator -(Offset end, Offset start) => end.Value - start.Value;
    public static bool operator <(Offset left, Offset right) => left.Value < right.Value;
    public static bool operator >(Offset left, Offset right) => left.Value > right.Value;
    public static bool operator <=(Offset left, Offset right) => left.Value <= right.Value;
    public static bool operator >=(Offset left, Offset right) => left.Value >= right.Value;

    public static Offset Min(Offset left, Offset right) => left < right ? left : right;
    public static Offset Max(Offset left, Offset right) => left > right ? left : right;

    public override string ToString() => Value.ToString();
}
