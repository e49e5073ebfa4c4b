using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Runner;

/// <summary>Tells which records are still within the plans, and when all of them have been read.</summary>
internal sealed class ReadingProgress
{
    private readonly Dictionary<TopicPartition, Offset> _ends = [];
    private readonly HashSet<TopicPartition> _unfinished = [];
    private readonly bool _hasEnds;

    public ReadingProgress(IReadOnlyList<ReadingPlan> plans)
    {
        foreach (var plan in plans)
        {
            if (plan.End is { } end)
            {
                _hasEnds = true;
                _ends.Add(plan.Partition, end);
                if (plan.Begin < end)
                {
                    _unfinished.Add(plan.Partition);
                }
            }
        }
    }

    public bool IsAtEnd => _hasEnds && _unfinished.Count == 0;

    public bool IsWithin(TopicPartition partition, Offset offset) =>
        !_ends.TryGetValue(partition, out var end) || offset < end;

    /// <summary>Everything before an offset has been read.</summary>
    public void OnRead(TopicPartition partition, Offset next)
    {
        if (!IsWithin(partition, next))
        {
            _unfinished.Remove(partition);
        }
    }
}
