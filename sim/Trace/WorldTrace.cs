using System;
using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// All that is told about a run passes here: into the hash always, to the oracles and to a reader of lines
/// when there are any. Nothing here can change what happens, except an oracle that ends the run.
/// </summary>
public sealed class WorldTrace
{
    private readonly World _world;
    private readonly List<IOracle> _oracles = [];
    private readonly SortedDictionary<string, long> _marks = new(StringComparer.Ordinal);
    private readonly TraceLine _line = new();
    private Action<string>? _reader;
    private TraceDetail _detail;

    internal WorldTrace(World world) => _world = world;

    public TraceHash Hash { get; } = new();

    /// <summary>How often each rare branch was reached, by name.</summary>
    public IReadOnlyDictionary<string, long> Marks => _marks;

    public void AddOracle(IOracle oracle) => _oracles.Add(oracle);

    /// <summary>
    /// Has <paramref name="reader"/> called with a line for each event of the wanted detail.
    /// </summary>
    public void ReadLines(Action<string> reader, TraceDetail detail)
    {
        _reader = reader;
        _detail = detail;
    }

    /// <summary>Something that oracles and people want to know.</summary>
    internal void Fact<T>(NodeId node, in T happened)
        where T : struct, ITraceEvent
    {
        Note(node, in happened, TraceDetail.Facts);
        if (_oracles.Count == 0)
        {
            return;
        }
        ITraceEvent boxed = happened;
        foreach (var oracle in _oracles)
        {
            oracle.OnTrace(_world, node, _world.Now, boxed);
        }
    }

    /// <summary>An operation of a simulated device: hashed and printed, nothing for oracles.</summary>
    internal void Operation<T>(NodeId node, in T happened)
        where T : struct, ITraceEvent => Note(node, in happened, TraceDetail.Operations);

    internal void Executed(in SimEvent next)
    {
        var node = next.Shard?.Id.Node ?? NodeId.None;
        var incarnation = next.Shard?.Incarnation ?? 0;
        Hash.BeginEvent(_world.EventCount, _world.Now);
        Hash.Add(((long)node.Value << 32) + ((long)incarnation << 8) + (long)next.Kind);
        Hash.Add(next.Token);
        if (_reader is not null && _detail == TraceDetail.Events)
        {
            _line.Begin(_world.Now, node, SimEventNames.Of(next.Kind));
            _line.Add("token", next.Token);
            _reader(_line.End());
        }
    }

    internal void Mark(string name)
    {
        Hash.Add(name.AsSpan());
        _marks.TryGetValue(name, out var count);
        _marks[name] = count + 1;
    }

    private void Note<T>(NodeId node, in T happened, TraceDetail detail)
        where T : struct, ITraceEvent
    {
        Hash.Add(node.Value);
        Hash.Add(happened.Name.AsSpan());
        happened.Describe(Hash);
        if (_reader is not null && _detail >= detail)
        {
            _line.Begin(_world.Now, node, happened.Name);
            happened.Describe(_line);
            _reader(_line.End());
        }
    }
}
