using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Tests.Engine.Foundation;

/// <summary>Remembers which rows rang, when, and how late.</summary>
internal sealed class Rows(IShard shard) : IDeadlineSink<(long DueTicks, int Row)>
{
    public List<int> Rung { get; } = [];

    public List<long> LateTicks { get; } = [];

    public void OnDeadline((long DueTicks, int Row) row)
    {
        Rung.Add(row.Row);
        LateTicks.Add(shard.Now.Ticks - row.DueTicks);
    }
}
