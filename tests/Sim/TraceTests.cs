using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Sim;
using Xunit;

namespace Testbed.Tests.Sim;

public class TraceTests
{
    private static readonly NodeId One = new(1);

    [Fact]
    public void Lines_have_fixed_columns_time_node_name_fields()
    {
        var world = new World(seed: 1);
        var lines = new List<string>();
        world.Trace.ReadLines(lines.Add, TraceDetail.Events);
        world.AddNode(One, shard => shard.SetTimer(shard.Now.PlusMs(1_500), new Does(
            () => shard.Trace.Emit(new Noted("hello", 42))), 9));
        world.RunForMs(2_000);
        Assert.Equal(
            [
                "      0.000000  n1     node-started                 incarnation=1",
                "      0.000000  n1     .boot                        token=1",
                "      1.500000  n1     .timer                       token=9",
                "      1.500000  n1     noted                        text=hello value=42",
            ],
            lines);
    }

    [Fact]
    public void A_reader_of_facts_sees_no_events_and_changes_nothing()
    {
        var lines = new List<string>();
        var quiet = Run(seed: 5, note: 1);
        var read = Run(seed: 5, note: 1, lines);
        Assert.Equal(quiet.Report(), read.Report());
        Assert.Equal(["node-started", "noted"], lines.ConvertAll(line => line[23..].Split(' ')[0]));
    }

    [Fact]
    public void The_hash_depends_on_every_field_of_every_fact()
    {
        Assert.Equal(Run(5, 1).Trace.Hash.Value, Run(5, 1).Trace.Hash.Value);
        Assert.NotEqual(Run(5, 1).Trace.Hash.Value, Run(5, 2).Trace.Hash.Value);
    }

    [Fact]
    public void The_hash_is_the_same_in_every_process_and_on_every_machine() =>
        Assert.Equal(6866400290618829894UL, Run(5, 1).Trace.Hash.Value);

    [Fact]
    public void Checkpoints_of_the_hash_show_where_two_runs_part()
    {
        var left = LongRun(partingAt: 10_000);
        var right = LongRun(partingAt: 20_000);
        Assert.Equal(30_000 / TraceHash.CheckpointInterval, left.Count);
        for (var i = 0; i < left.Count; i++)
        {
            Assert.Equal((i + 1) * TraceHash.CheckpointInterval, left[i].EventCount);
            Assert.Equal(left[i].EventCount <= 10_000, left[i] == right[i]);
        }
    }

    [Fact]
    public void Oracles_hear_facts_with_node_and_time_and_end_the_run()
    {
        var world = new World(seed: 1);
        var recorder = new Recorder();
        world.Trace.AddOracle(recorder);
        world.Trace.AddOracle(new NeverNegative());
        world.AddNode(One, shard =>
        {
            for (var i = 3; i >= -3; i--)
            {
                shard.SetTimer(shard.Now.PlusMs(10 - i), new Does(
                    value => shard.Trace.Emit(new Noted("balance", value))), i);
            }
        });
        Assert.False(world.RunForMs(1_000));
        Assert.Equal(5, recorder.Notes.Count);
        Assert.Equal((One, new Instant(70_000), new Noted("balance", 3)), recorder.Notes[0]);
        var expected = new Violation("balances are never negative", One, new Instant(110_000));
        Assert.Equal(expected, world.Violation);
    }

    [Fact]
    public void Marks_are_counted_by_name_over_all_nodes()
    {
        var world = new World(seed: 1);
        for (var id = 1; id <= 3; id++)
        {
            world.AddNode(new NodeId(id), shard =>
            {
                shard.Trace.Mark("seen");
                if (shard.Id.Node == One)
                {
                    shard.Trace.Mark("rare");
                }
            });
        }
        world.RunForMs(1);
        Assert.Equal(["rare", "seen"], world.Trace.Marks.Keys);
        Assert.Equal((1L, 3L), (world.Trace.Marks["rare"], world.Trace.Marks["seen"]));
    }

    private static World Run(ulong seed, long note, List<string>? lines = null)
    {
        var world = new World(seed);
        if (lines is not null)
        {
            world.Trace.ReadLines(lines.Add, TraceDetail.Facts);
        }
        world.AddNode(One, shard => shard.Post(new Does(() => shard.Trace.Emit(new Noted("x", note))), 0));
        world.RunForMs(10);
        return world;
    }

    private static IReadOnlyList<HashCheckpoint> LongRun(int partingAt)
    {
        var world = new World(seed: 1);
        world.AddNode(One, shard =>
        {
            IWork? again = null;
            again = new Does(count =>
            {
                var next = count == partingAt ? count + 2 : count + 1;
                shard.SetTimer(new Instant(shard.Now.Ticks + 1), again!, next);
            });
            shard.SetTimer(new Instant(1), again, 2);
        });
        while (world.EventCount < 30_000)
        {
            world.Step();
        }
        return world.Trace.Hash.Checkpoints;
    }

    private sealed class NeverNegative : IOracle
    {
        public void OnTrace(World world, NodeId node, Instant time, ITraceEvent happened)
        {
            if (happened is Noted { Value: < 0 })
            {
                world.Fail("balances are never negative", node);
            }
        }
    }
}
