using System;

namespace Testbed.Foundation;

/// <summary>A partition by topic name and index, the index counted from 0.</summary>
public readonly record struct TopicPartition(string Topic, int Partition) : IComparable<TopicPartition>
{
    public int CompareTo(TopicPartition other)
    {
        var byName = string.CompareOrdinal(Topic, other.Topic);
        return byName != 0 ? byName : Partition.CompareTo(other.Partition);
    }

    public static bool operator <(TopicPartition left, TopicPartition right) => left.CompareTo(right) < 0;
    public static bool operator >(TopicPartition left, TopicPartition right) => left.CompareTo(right) > 0;
    public static bool operator <=(TopicPartition left, TopicPartition right) => left.CompareTo(right) <= 0;
    public static bool operator >=(TopicPartition left, TopicPartition right) => left.CompareTo(right) >= 0;

    /// <summary>Kafka's directory name of the partition: topic-partition.</summary>
    public override string ToString() => $"{Topic}-{Partition}";
}
