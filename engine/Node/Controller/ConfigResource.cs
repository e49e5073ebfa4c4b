using System;

namespace Testbed.Node.Controller;

/// <summary>
/// Something that has settings: a topic or a broker, by name. An empty broker name means every broker.
/// </summary>
public readonly record struct ConfigResource(ConfigResourceType Type, string Name)
    : IComparable<ConfigResource>
{
    public int CompareTo(ConfigResource other) =>
        Type != other.Type ? Type.CompareTo(other.Type) : string.CompareOrdinal(Name, other.Name);

    public static bool operator <(ConfigResource left, ConfigResource right) => left.CompareTo(right) < 0;
    public static bool operator >(ConfigResource left, ConfigResource right) => left.CompareTo(right) > 0;
    public static bool operator <=(ConfigResource left, ConfigResource right) => left.CompareTo(right) <= 0;
    public static bool operator >=(ConfigResource left, ConfigResource right) => left.CompareTo(right) >= 0;
}
