using System;
using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// One number for all that has happened in a run: each event, each fact, each operation changes it, in order.
/// Two runs of the same plan must end with the same number, on any machine.
/// </summary>
public sealed class TraceHash : ITraceFields
{
    /// <summary>Events from one checkpoint to the next.</summary>
    public const int CheckpointInterval = 4_096;

    private readonly List<HashCheckpoint> _checkpoints = [];
    private ulong _state = StableHash.Seed;

    public ulong Value => StableHash.Finish(_state);

    /// <summary>One for each full interval, from the first on.</summary>
    public IReadOnlyList<HashCheckpoint> Checkpoints => _checkpoints;

    public void Add(long value) => _state = StableHash.Add(_state, value);

    public void Add(ReadOnlySpan<char> text) => _state = StableHash.Add(_state, text);

    /// <summary>A field by its value; its name follows from the fact's name and its position.</summary>
    public void Add(string name, long value) => Add(value);

    public void Add(string name, string value) => Add(value.AsSpan());

    /// <summary>The <paramref name="eventCount"/>th event of the run is about to happen.</summary>
    public void BeginEvent(long eventCount, Instant time)
    {
        Add(time.Ticks);
        if (eventCount % CheckpointInterval == 0)
        {
            _checkpoints.Add(new HashCheckpoint(eventCount, time, Value));
        }
    }
}
