using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using Testbed.Foundation;
using Xunit;

namespace Testbed.Tests.Net;

/// <summary>Work that comes from other threads, and from the shard itself.</summary>
public sealed class PostingTests
{
    private const int Producers = 4;
    private const int ItemsEach = 250_000;
    private const int LoneItems = 100_000;

    public static TheoryData<bool> AllWorlds => Worlds.All;

    /// <summary>
    /// The shard has no timer: a wake-up that is lost lets it sleep for ever, and the producer that waits for
    /// its items finds out.
    /// </summary>
    [Theory]
    [MemberData(nameof(AllWorlds))]
    public async Task No_wake_up_is_lost_among_a_million_items_of_four_threads(bool portable)
    {
        await using var shard = new TestShard(portable);
        var producers = new Task[Producers];
        for (var i = 0; i < producers.Length; i++)
        {
            var producer = new Producer(shard, (ulong)i, ItemsEach, waitOneIn: 50);
            producers[i] = Task.Factory.StartNew(producer.Run, TaskCreationOptions.LongRunning);
        }
        await Deadline.Of(Task.WhenAll(producers));
    }

    /// <summary>
    /// Posts again as soon as the last item has run, which is when the shard is about to sleep; nobody else
    /// would wake it.
    /// </summary>
    [Theory]
    [MemberData(nameof(AllWorlds))]
    public async Task No_wake_up_of_a_lone_thread_is_lost(bool portable)
    {
        await using var shard = new TestShard(portable);
        var producer = new Producer(shard, seed: 8, LoneItems, waitOneIn: 1);
        await Deadline.Of(Task.Factory.StartNew(producer.Run, TaskCreationOptions.LongRunning));
    }

    [Fact]
    public async Task Posted_work_runs_later_and_in_order()
    {
        await using var shard = new TestShard();
        var order = new List<int>();
        await shard.Run(s =>
        {
            for (var i = 0; i < 2_000; i++)
            {
                s.Post(new Note(order), i);
            }
            Assert.Empty(order);
        });
        var seen = await shard.Run(_ => order.ToArray());
        Assert.Equal(2_000, seen.Length);
        Assert.True(IsAscending(seen));
    }

    [Fact]
    public async Task Work_that_posts_itself_for_ever_starves_neither_sockets_nor_timers_nor_other_threads()
    {
        await using var shard = new TestShard();
        var echo = await shard.Run(s => new EchoHost(s));
        using var peer = new Peer(await shard.Listen(echo));
        var rung = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await shard.Run(s =>
        {
            s.Post(new Perpetual(s), 0);
            s.SetTimer(s.Now.PlusMs(1), new Ring(rung), 0);
        });
        peer.Send([1, 2, 3]);
        Assert.Equal([1, 2, 3], peer.Receive(3));
        await Deadline.Of(rung.Task);
        await shard.Run(_ => { });
    }

    private static bool IsAscending(int[] values)
    {
        for (var i = 1; i < values.Length; i++)
        {
            if (values[i - 1] >= values[i])
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>One foreign thread, and the work that it posts.</summary>
    private sealed class Producer(TestShard shard, ulong seed, int items, int waitOneIn) : IWork
    {
        private long _arrived;    // items that have run

        public void Run(long token)
        {
            Invariant.Assert(token == _arrived);
            Volatile.Write(ref _arrived, token + 1);
        }

        public void Run()
        {
            var chance = new Prng(seed);
            for (var i = 0; i < items; i++)
            {
                shard.Host.Post(this, i);
                if (chance.Chance(1, 4))
                {
                    Thread.SpinWait((int)chance.Below(100));
                }
                if (chance.Chance(1, waitOneIn))
                {
                    AwaitArrivalOf(i + 1);
                }
            }
            AwaitArrivalOf(items);
        }

        private void AwaitArrivalOf(long count)
        {
            var began = Stopwatch.GetTimestamp();
            var spins = 0;
            while (Volatile.Read(ref _arrived) < count)
            {
                if (spins++ > 1_000)
                {
                    Thread.Yield();
                }
                if (Stopwatch.GetElapsedTime(began) > Deadline.Limit)
                {
                    throw new TimeoutException($"item {count} never ran, seed {seed}");
                }
            }
        }
    }

    private sealed class Note(List<int> order) : IWork
    {
        public void Run(long token) => order.Add((int)token);
    }

    private sealed class Perpetual(IShard shard) : IWork
    {
        public void Run(long token) => shard.Post(this, token + 1);
    }

    private sealed class Ring(TaskCompletionSource rung) : IWork
    {
        public void Run(long token) => rung.SetResult();
    }
}
