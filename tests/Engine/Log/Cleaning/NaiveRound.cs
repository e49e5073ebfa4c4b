using System.Collections.Generic;
using Testbed.Log;

namespace Testbed.Tests.Engine.Log.Cleaning;

/// <summary>What one cleaning is told.</summary>
internal sealed record NaiveRound
{
    public required long FirstDirty { get; init; }

    /// <summary>Exclusive end of what is mapped and cleaned.</summary>
    public required long Bound { get; init; }

    public required long NowMs { get; init; }

    public required long RetentionMs { get; init; }

    public required long RemovableBelow { get; init; }

    public required IReadOnlyList<LiveProducer> Live { get; init; }

    /// <summary>Bases of the segments that are made.</summary>
    public required IReadOnlyList<long> GroupBases { get; init; }
}
