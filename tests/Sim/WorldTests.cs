using System;
using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Sim;
using Xunit;

namespace Testbed.Tests.Sim;

public class WorldTests
{
    private static readonly NodeId One = new(1);
    private static readonly NodeId Two = new(2);

    [Fact]
    public void Posted_work_runs_later_in_the_order_it_was_posted_at_the_same_virtual_time()
    {
        var world = new World(seed: 1);
        var order = new List<string>();
        world.AddNode(One, shard =>
        {
            for (var i = 0; i < 5; i++)
            {
                shard.Post(new Does(token => order.Add($"{token}@{shard.Now.Ticks}")), i);
            }
            order.Add("boot ends");
        });
        world.RunForMs(1);
        Assert.Equal(["boot ends", "0@0", "1@0", "2@0", "3@0", "4@0"], order);
    }

    [Fact]
    public void Posts_keep_their_order_when_the_world_delays_them()
    {
        var world = new World(new WorldOptions { Seed = 3, PostDelayTicksMax = 1_000 });
        var order = new List<long>();
        var times = new SortedSet<long>();
        world.AddNode(One, shard =>
        {
            for (var i = 0; i < 100; i++)
            {
                shard.Post(new Does(token =>
                {
                    order.Add(token);
                    times.Add(world.Now.Ticks);
                }), i);
            }
        });
        world.RunForMs(10);
        Assert.Equal(100, order.Count);
        Assert.Equal(order.Order(), order);
        Assert.True(times.Count > 1);
    }

    [Fact]
    public void Timers_ring_at_their_time_in_order_and_not_at_all_once_cancelled()
    {
        var world = new World(seed: 1);
        var rung = new List<(long Token, long Ticks)>();
        world.AddNode(One, shard =>
        {
            var work = new Does(token => rung.Add((token, shard.Now.Ticks)));
            shard.SetTimer(shard.Now.PlusMs(30), work, 3);
            var second = shard.SetTimer(shard.Now.PlusMs(20), work, 2);
            shard.SetTimer(shard.Now.PlusMs(10), work, 1);
            shard.SetTimer(Instant.Never, work, 4);
            Assert.True(shard.Cancel(second));
            Assert.False(shard.Cancel(second));
            Assert.False(shard.Cancel(default));
        });
        world.RunForMs(1_000_000);
        Assert.Equal([(1, 100_000L), (3, 300_000L)], rung);
        Assert.False(world.Step());
    }

    [Fact]
    public void Monotonic_time_begins_with_the_incarnation_and_stands_still_within_a_unit_of_work()
    {
        var world = new World(seed: 1);
        var seen = new List<long>();
        world.AddNode(One, shard =>
        {
            var before = shard.Now;
            shard.SetTimer(shard.Now.PlusMs(5), new Does(() => seen.Add(shard.Now.Ticks)), 0);
            Assert.Equal(before, shard.Now);
        });
        world.RunForMs(100);
        world.Crash(One, CrashKind.Process);
        world.Restart(One);
        world.RunForMs(100);
        Assert.Equal([50_000L, 50_000L], seen);
        Assert.Equal(2_000_000, world.Now.Ticks);
    }

    [Fact]
    public void A_drifting_clock_never_rings_a_timer_before_its_local_time_and_never_goes_back()
    {
        foreach (var driftPpm in new long[] { -1_000, -37, 0, 1, 500, 1_000 })
        {
            var clock = new NodeClock(new Instant(1_234), driftPpm);
            var last = clock.LocalAt(new Instant(1_234));
            for (var ticks = 1_234L; ticks < 10_000; ticks += 7)
            {
                var local = clock.LocalAt(new Instant(ticks));
                Assert.True(local >= last);
                last = local;
            }
            var chance = new Prng(5);
            for (var i = 0; i < 1_000; i++)
            {
                var due = new Instant(chance.Below(1L << (int)chance.Between(1, 45)));
                var world = clock.WorldAt(due);
                Assert.True(clock.LocalAt(world) >= due);
                Assert.True(due.Ticks == 0 || clock.LocalAt(new Instant(world.Ticks - 1)) < due);
            }
            Assert.Equal(Instant.Never, clock.WorldAt(Instant.Never));
        }
    }

    [Fact]
    public void Dates_differ_by_a_fixed_offset_per_node_and_may_jump_without_touching_monotonic_time()
    {
        var world = new World(seed: 8);
        var shards = new List<IShard>();
        var one = world.AddNode(One, shards.Add);
        world.AddNode(Two, shards.Add, new NodeOptions { WallOffsetMs = 0 });
        world.RunForMs(10_000);
        Assert.Equal(world.Options.StartWallMs + 10_000, shards[1].WallMs);
        Assert.NotEqual(shards[0].WallMs, shards[1].WallMs);
        Assert.InRange(shards[0].WallMs - shards[1].WallMs, -500, 500);
        var before = (shards[0].WallMs, shards[0].Now);
        one.WallOffsetMs -= 3_600_000;
        Assert.Equal((before.WallMs - 3_600_000, before.Now), (shards[0].WallMs, shards[0].Now));
    }

    [Fact]
    public void A_named_stream_is_the_same_within_an_incarnation_and_another_in_the_next()
    {
        var world = new World(seed: 1);
        var shards = new List<IShard>();
        world.AddNode(One, shards.Add);
        world.RunForMs(1);
        world.Crash(One, CrashKind.Process);
        world.Restart(One);
        world.RunForMs(1);
        Assert.Same(shards[0].Random("ids"), shards[0].Random("ids"));
        Assert.NotEqual(shards[0].Random("ids").NextUuid(), shards[1].Random("ids").NextUuid());
        Assert.NotEqual(shards[1].Random("a").Next(), shards[1].Random("b").Next());
    }

    [Fact]
    public void An_exception_that_escapes_a_unit_of_work_ends_the_run_with_node_time_and_message()
    {
        var world = new World(seed: 1);
        world.AddNode(Two, shard => shard.SetTimer(
            shard.Now.PlusMs(7), new Does(() => throw new InvalidOperationException("no such thing")), 0));
        Assert.False(world.RunForMs(100));
        Assert.Equal(new Instant(70_000), world.Violation!.Time);
        Assert.Equal(Two, world.Violation.Node);
        Assert.Equal("no exception escapes: no such thing", world.Violation.Invariant);
        Assert.IsType<InvalidOperationException>(world.Error);
        Assert.False(world.Step());
        Assert.Equal("0.007000 n2: no exception escapes: no such thing", world.Violation.ToString());
    }

    [Fact]
    public void A_broken_invariant_is_reported_in_its_own_words()
    {
        var world = new World(seed: 1);
        world.AddNode(One, shard => Invariant.Assert(shard.Now.Ticks < 0));
        Assert.False(world.RunForMs(1));
        Assert.StartsWith("shard.Now.Ticks < 0 does not hold", world.Violation!.Invariant);
    }

    [Fact]
    public void Work_that_posts_itself_for_ever_at_one_time_ends_the_run()
    {
        var world = new World(new WorldOptions { Seed = 1, EventsPerInstantMax = 1_000 });
        world.AddNode(One, shard =>
        {
            IWork? again = null;
            again = new Does(() => shard.Post(again!, 0));
            shard.Post(again, 0);
        });
        Assert.False(world.RunForMs(1));
        Assert.Contains("time goes on", world.Violation!.Invariant);
    }

    [Fact]
    public void Running_while_a_condition_holds_stops_at_the_event_that_ends_it()
    {
        var world = new World(seed: 1);
        var count = 0;
        world.AddNode(One, shard =>
        {
            for (var i = 1; i <= 10; i++)
            {
                shard.SetTimer(shard.Now.PlusMs(i), new Does(() => count++), 0);
            }
        });
        Assert.True(world.RunWhile(() => count < 4, new Instant(1_000_000)));
        Assert.Equal((4, 40_000L), (count, world.Now.Ticks));
        Assert.False(world.RunWhile(() => count < 100, new Instant(70_000)));
        Assert.Equal(7, count);
    }

    [Fact]
    public void Streams_of_the_world_depend_on_seed_purpose_and_entity_only()
    {
        var numbers = new SortedSet<ulong>
        {
            new World(1).Stream("a", 1, 2, 3).Next(),
            new World(2).Stream("a", 1, 2, 3).Next(),
            new World(1).Stream("b", 1, 2, 3).Next(),
            new World(1).Stream("a", 2, 2, 3).Next(),
            new World(1).Stream("a", 1, 3, 3).Next(),
            new World(1).Stream("a", 1, 2, 4).Next(),
        };
        Assert.Equal(6, numbers.Count);
        Assert.Contains(new World(1).Stream("a", 1, 2, 3).Next(), numbers);
    }

    [Fact]
    public void Leases_that_nobody_gave_back_are_counted_for_live_incarnations_only()
    {
        var world = new World(seed: 1);
        var kept = new List<Lease>();
        world.AddNode(One, shard => kept.Add(shard.Buffers.Rent(100)));
        world.AddNode(Two, shard => kept.Add(shard.Buffers.Rent(100)));
        world.RunForMs(1);
        Assert.Equal(2, world.LeakedLeases());
        kept[0].Release();
        Assert.Equal(1, world.LeakedLeases());
        world.Crash(Two, CrashKind.Process);
        Assert.Equal(0, world.LeakedLeases());
    }

    [Fact]
    public void Buffers_of_a_shard_are_poisoned()
    {
        var world = new World(seed: 1);
        world.AddNode(One, shard =>
        {
            var lease = shard.Buffers.Rent(10);
            var memory = lease.Memory;
            Assert.Equal(BufferPool.RentedPoison, memory.Span[0]);
            lease.Release();
            Assert.Equal(BufferPool.ReturnedPoison, memory.Span[0]);
        });
        Assert.True(world.RunForMs(1), world.Violation?.ToString());
    }
}
