using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Testbed.Foundation;
using Xunit;

namespace Testbed.Tests.Net;

/// <summary>Timers and clocks of a shard.</summary>
public sealed class TimerTests
{
    public static TheoryData<bool> AllWorlds => Worlds.All;

    [Theory]
    [MemberData(nameof(AllWorlds))]
    public async Task Timers_ring_in_order_of_due_time_and_never_early(bool portable)
    {
        await using var shard = new TestShard(portable);
        var bell = await shard.Run(s => new Bell(s, expected: 200));
        await shard.Run(s =>
        {
            var chance = new Prng(11);
            var now = s.Now;
            for (var i = 0; i < 200; i++)
            {
                bell.Set(now.PlusMs(chance.Below(40)));
            }
        });
        var rung = await Deadline.Of(bell.AllRung);
        for (var i = 1; i < rung.Count; i++)
        {
            Assert.True(rung[i - 1].CompareTo(rung[i]) <= 0);
        }
    }

    [Fact]
    public async Task Timers_due_at_the_same_time_ring_in_the_order_they_were_set()
    {
        await using var shard = new TestShard();
        var bell = await shard.Run(s => new Bell(s, expected: 50));
        await shard.Run(s =>
        {
            var due = s.Now.PlusMs(2);
            for (var i = 0; i < 50; i++)
            {
                bell.Set(due);
            }
        });
        await Deadline.Of(bell.AllRung);
        Assert.True(bell.IsInSetOrder);
    }

    [Fact]
    public async Task A_cancelled_timer_does_not_ring_and_is_cancelled_once()
    {
        await using var shard = new TestShard();
        var bell = await shard.Run(s => new Bell(s, expected: 1));
        await shard.Run(s =>
        {
            var first = bell.Set(s.Now.PlusMs(1));
            var second = bell.Set(s.Now.PlusMs(2));
            Assert.True(s.Cancel(first));
            Assert.False(s.Cancel(first));
            Assert.False(s.Cancel(default));
            Assert.NotEqual(first, second);
        });
        Assert.Single(await Deadline.Of(bell.AllRung));
    }

    [Fact]
    public async Task A_timer_that_has_rung_cannot_be_cancelled()
    {
        await using var shard = new TestShard();
        var bell = await shard.Run(s => new Bell(s, expected: 1));
        var timer = await shard.Run(s => bell.Set(s.Now));
        await Deadline.Of(bell.AllRung);
        Assert.False(await shard.Run(s => s.Cancel(timer)));
    }

    [Fact]
    public async Task A_timer_in_the_past_rings_at_once_and_one_at_the_end_of_time_does_not()
    {
        await using var shard = new TestShard();
        var bell = await shard.Run(s => new Bell(s, expected: 1));
        await shard.Run(s =>
        {
            s.SetTimer(Instant.Never, bell, -1);
            bell.Set(new Instant(0));
        });
        Assert.Single(await Deadline.Of(bell.AllRung));
    }

    [Fact]
    public async Task Time_stands_still_during_a_unit_of_work_and_goes_on_afterwards()
    {
        await using var shard = new TestShard();
        var before = await shard.Run(s =>
        {
            var now = s.Now;
            SpinForAMillisecond();
            Assert.Equal(now, s.Now);
            return now;
        });
        Assert.True(await shard.Run(s => s.Now) > before.PlusMs(0));
    }

    [Fact]
    public async Task Waiting_in_a_workflow_takes_as_long_as_it_was_told()
    {
        await using var shard = new TestShard();
        var tookMs = await shard.Work(DelayOnce);
        Assert.InRange(tookMs, 20, 20_000);
    }

    [Fact]
    public async Task The_wall_clock_is_the_machines()
    {
        await using var shard = new TestShard();
        var before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var wallMs = await shard.Run(s => s.WallMs);
        Assert.InRange(wallMs, before, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task A_random_stream_belongs_to_its_use()
    {
        await using var shard = new TestShard();
        await using var other = new TestShard();
        await shard.Run(s =>
        {
            Assert.Same(s.Random("elections"), s.Random("elections"));
            Assert.NotEqual(s.Random("elections").Next(), s.Random("ids").Next());
        });
        var first = await shard.Run(s => s.Random("cluster").Next());
        Assert.NotEqual(first, await other.Run(s => s.Random("cluster").Next()));
    }

    private static async EngineTask<long> DelayOnce(IShard shard)
    {
        var began = shard.Now;
        await shard.Delay(20);
        return shard.Now.MsSince(began);
    }

    private static void SpinForAMillisecond()
    {
        var until = DateTime.UtcNow.AddMilliseconds(1);
        while (DateTime.UtcNow < until)
        {
        }
    }

    /// <summary>Remembers when its timers were due, in the order they rang.</summary>
    private sealed class Bell(IShard shard, int expected) : IWork
    {
        private readonly TaskCompletionSource<List<Instant>> _allRung =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly List<Instant> _due = [];
        private readonly List<Instant> _rung = [];
        private long _last = -1;

        public Task<List<Instant>> AllRung => _allRung.Task;

        public bool IsInSetOrder { get; private set; } = true;

        public TimerId Set(Instant due)
        {
            _due.Add(due);
            return shard.SetTimer(due, this, _due.Count - 1);
        }

        public void Run(long token)
        {
            var due = _due[(int)token];
            Invariant.Assert(shard.Now >= due);
            IsInSetOrder &= token > _last;
            _last = token;
            _rung.Add(due);
            if (_rung.Count == expected)
            {
                _allRung.SetResult(_rung);
            }
        }
    }
}
