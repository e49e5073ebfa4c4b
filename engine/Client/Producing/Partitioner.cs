using System;
using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Client;

/// <summary>
/// Chooses partitions: by the key where there is one, otherwise one after the other or sticking to one for a
/// batch's worth of bytes. Without a key, partitions without a leader are passed over while others have one.
/// </summary>
internal sealed class Partitioner(ProducerOptions options, Prng random)
{
    private readonly Dictionary<string, Turn> _turns = new(StringComparer.Ordinal);    // by topic

    /// <summary>The topic has at least one partition.</summary>
    public int Choose(TopicMetadata topic, in ProducerRecord record)
    {
        Invariant.Assert(topic.PartitionCount > 0);
        if (record.Key is { } key)
        {
            return Murmur2.PartitionOf(key.Span, topic.PartitionCount);
        }
        if (!_turns.TryGetValue(topic.Name, out var turn))
        {
            turn = new Turn();
            _turns.Add(topic.Name, turn);
        }
        if (turn.LeftBytes <= 0 || turn.Partition >= topic.PartitionCount)
        {
            turn.Partition = Next(topic, turn.Partition);
            turn.LeftBytes = options.Keyless == KeylessPartitions.Sticky ? options.BatchSizeBytes : 0;
        }
        turn.LeftBytes -= record.SizeBytes;
        return turn.Partition;
    }

    private int Next(TopicMetadata topic, int last)
    {
        var count = topic.PartitionCount;
        var first = options.Keyless == KeylessPartitions.RoundRobin ? last + 1 : random.Below(count);
        for (var i = 0; i < count; i++)
        {
            var candidate = (first + i) % count;
            if (topic.TryPartition(candidate, out var partition) && partition.Leader.Value >= 0)
            {
                return candidate;
            }
        }
        return first % count;
    }

    private sealed class Turn
    {
        public int Partition = -1;
        public long LeftBytes;    // until the next partition's turn
    }
}
