using System;
using Testbed.Foundation;

namespace Testbed.Node.Requests.Fetching;

/// <summary>A partition as a fetch names it: by topic id from version 13 on, by name before.</summary>
public readonly record struct FetchKey(string Topic, Uuid TopicId, int Partition) : IComparable<FetchKey>
{
    public bool IsSameTopic(FetchKey other) => Topic == other.Topic && TopicId == other.TopicId;

    public int CompareTo(FetchKey other)
    {
        var byName = string.CompareOrdinal(Topic, other.Topic);
        var byTopic = byName != 0 ? byName : TopicId.CompareTo(other.TopicId);
        return byTopic != 0 ? byTopic : Partition.CompareTo(other.Partition);
    }

    public static bool operator <(FetchKey left, FetchKey right) => left.CompareTo(right) < 0;
    public static bool operator >(FetchKey left, FetchKey right) => left.CompareTo(right) > 0;
    public static bool operator <=(FetchKey left, FetchKey right) => left.CompareTo(right) <= 0;
    public static bool operator >=(FetchKey left, FetchKey right) => left.CompareTo(right) >= 0;
}
