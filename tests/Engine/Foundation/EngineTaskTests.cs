using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Testbed.Foundation;
using Testbed.Sim;
using Xunit;

namespace Testbed.Tests.Engine.Foundation;

/// <summary>Workflows on the loop of a simulated shard.</summary>
public sealed class EngineTaskTests
{
    private static readonly NodeId One = new(1);
    private static readonly AsyncLocal<object?> Flowing = new();

    private readonly World _world = new(seed: 1);
    private readonly List<string> _lines = [];

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void Completing_an_operation_never_runs_who_awaits_it_inside_the_call(int depth)
    {
        Boot(shard =>
        {
            var op = new EngineOp<int>(shard);
            _ = AwaitDeep(op, depth);
            var seen = _lines.Count;
            op.Complete(7);
            Assert.Equal(seen, _lines.Count);
            _lines.Add("completed");
        });
        Run();
        Assert.Equal(["waits", "completed", "got 7", .. Enumerable.Repeat("passed on", depth)], _lines);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Completing_an_operation_never_runs_what_is_to_be_done_then_inside_the_call(bool isLate)
    {
        Boot(shard =>
        {
            var op = new EngineOp<int>(shard);
            if (isLate)
            {
                op.Complete(7);
            }
            op.Then(new Note(_lines, "then"), 0);
            if (!isLate)
            {
                op.Complete(7);
            }
            Assert.Empty(_lines);
            _lines.Add("completed");
        });
        Run();
        Assert.Equal(["completed", "then"], _lines);
    }

    [Fact]
    public void A_waiter_that_completes_another_operation_runs_before_that_ones_waiter()
    {
        Boot(shard =>
        {
            var first = new EngineOp<int>(shard);
            var second = new EngineOp<int>(shard);
            _ = CompleteAfter(first, second);
            second.Then(new Note(_lines, "second"), 0);
            first.Complete(1);
        });
        Run();
        Assert.Equal(["first", "after the completion", "second"], _lines);
    }

    [Fact]
    public void At_most_one_waits_for_an_operation()
    {
        Boot(shard =>
        {
            var op = new EngineOp<int>(shard);
            _ = Await(op);
            op.Then(new Note(_lines, "unreachable"), 0);
        });
        Assert.False(_world.RunForMs(1));
        Assert.Contains("_waiter is null", _world.Violation!.Invariant);
    }

    [Fact]
    public void A_waiting_workflow_goes_on_after_what_was_queued_before_the_completion()
    {
        Boot(shard =>
        {
            var op = new EngineOp<int>(shard);
            _ = Await(op);
            shard.Post(new Note(_lines, "queued before"), 0);
            op.Complete(7);
            _lines.Add("completed");
            shard.Post(new Note(_lines, "queued after"), 0);
        });
        Run();
        Assert.Equal(["waits", "completed", "queued before", "got 7", "queued after"], _lines);
    }

    [Fact]
    public void Awaiting_what_has_completed_is_a_scheduling_point_too()
    {
        Boot(shard =>
        {
            var op = new EngineOp<int>(shard);
            op.Complete(7);
            shard.Post(new Note(_lines, "queued before"), 0);
            _ = Await(op);
            _lines.Add("boot ends");
        });
        Run();
        Assert.Equal(["waits", "boot ends", "queued before", "got 7"], _lines);
    }

    [Fact]
    public void An_operation_completes_once()
    {
        Boot(shard =>
        {
            var op = new EngineOp<int>(shard);
            op.Complete(1);
            op.Complete(2);
        });
        Assert.False(_world.RunForMs(1));
        Assert.Contains("!IsCompleted does not hold", _world.Violation!.Invariant);
    }

    [Fact]
    public void A_result_is_there_only_after_completion()
    {
        Boot(shard => _lines.Add(new EngineOp<string>(shard).Result));
        Assert.False(_world.RunForMs(1));
        Assert.Contains("IsCompleted does not hold", _world.Violation!.Invariant);
    }

    [Fact]
    public void A_workflow_that_never_waits_runs_to_its_end_at_once_and_leaves_its_result()
    {
        Boot(shard =>
        {
            var sum = Sum(shard, delays: 0);
            Assert.True(sum.IsCompleted);
            Assert.Equal(0, sum.GetAwaiter().GetResult());
        });
        Run();
    }

    [Fact]
    public void Workflows_await_workflows_and_pass_results_up()
    {
        Boot(shard => _ = Outer(shard));
        Run();
        Assert.Equal(["sum 10 at 0.010000", "outer ends"], _lines);
    }

    [Fact]
    public void A_workflow_may_be_started_now_and_awaited_later()
    {
        Boot(shard => _ = AwaitLater(shard));
        Run();
        Assert.Equal(["both 3 and 3 at 0.003000"], _lines);
    }

    [Fact]
    public void A_failure_reaches_whoever_awaits_it()
    {
        Boot(shard => _ = Catch(shard));
        Run();
        Assert.Equal(["finally", "caught late failure"], _lines);
    }

    [Fact]
    public void A_failure_that_nobody_awaits_stops_the_node()
    {
        Boot(shard => _ = Fail(shard, delays: 3));
        Assert.False(_world.RunForMs(1_000));
        var expected = new Violation("no exception escapes: late failure", One, new Instant(30_000));
        Assert.Equal(expected, _world.Violation);
        Assert.Equal(["finally"], _lines);
    }

    [Fact]
    public void A_failure_before_the_first_wait_goes_straight_to_the_caller()
    {
        Boot(shard => Assert.Throws<InvalidOperationException>(() => _ = Fail(shard, delays: 0)));
        Run();
        Assert.Equal(["finally"], _lines);
    }

    [Fact]
    public void A_suspended_workflow_holds_on_to_nothing_that_flows_with_the_thread()
    {
        EngineOp<int>? op = null;
        Boot(shard => op = new EngineOp<int>(shard));
        Run();
        var flowing = Suspend(op!);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(flowing.IsAlive);
        op!.Complete(7);
        Run();
        Assert.Equal(["waits", "got 7"], _lines);
    }

    [Fact]
    public void A_workflow_goes_on_in_the_context_of_the_loop_and_not_in_that_of_its_start()
    {
        EngineOp<int>? op = null;
        Boot(shard => op = new EngineOp<int>(shard));
        Run();
        Flowing.Value = "at the start";
        _ = TellFlowing(op!);
        Flowing.Value = "later";
        op!.Complete(7);
        Run();
        Flowing.Value = null;
        Assert.Equal(["before: at the start", "after: later"], _lines);
    }

    [Fact]
    public void A_continuation_cannot_be_attached_as_a_delegate() => Boot(shard =>
    {
        Assert.Throws<InvariantException>(() => new EngineOp<int>(shard).GetAwaiter().OnCompleted(() => { }));
        Assert.Throws<InvariantException>(() => Outer(shard).GetAwaiter().UnsafeOnCompleted(() => { }));
    });

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference Suspend(EngineOp<int> op)
    {
        Flowing.Value = new object();
        var flowing = new WeakReference(Flowing.Value);
        _ = Await(op);
        Flowing.Value = null;
        return flowing;
    }

    private async EngineTask TellFlowing(EngineOp<int> op)
    {
        _lines.Add($"before: {Flowing.Value}");
        await op;
        _lines.Add($"after: {Flowing.Value}");
    }

    private void Boot(Action<IShard> boot) => _world.AddNode(One, boot);

    private void Run() => Assert.True(_world.RunForMs(10_000), _world.Violation?.ToString());

    private async EngineTask Await(EngineOp<int> op)
    {
        _lines.Add("waits");
        _lines.Add($"got {await op}");
    }

    private async EngineTask AwaitDeep(EngineOp<int> op, int depth)
    {
        if (depth == 0)
        {
            await Await(op);
            return;
        }
        await AwaitDeep(op, depth - 1);
        _lines.Add("passed on");
    }

    private async EngineTask CompleteAfter(EngineOp<int> first, EngineOp<int> second)
    {
        await first;
        _lines.Add("first");
        second.Complete(2);
        _lines.Add("after the completion");
    }

    private async EngineTask Outer(IShard shard)
    {
        var sum = await Sum(shard, delays: 4);
        _lines.Add($"sum {sum} at {shard.Now}");
        await Nothing();
        _lines.Add("outer ends");
    }

    private async EngineTask AwaitLater(IShard shard)
    {
        var first = Sum(shard, delays: 2);
        var second = Sum(shard, delays: 2);
        _lines.Add($"both {await second} and {await first} at {shard.Now}");
    }

    private async EngineTask Catch(IShard shard)
    {
        try
        {
            await Fail(shard, delays: 2);
        }
        catch (InvalidOperationException error)
        {
            _lines.Add($"caught {error.Message}");
        }
    }

    private async EngineTask Fail(IShard shard, int delays)
    {
        try
        {
            for (var i = 0; i < delays; i++)
            {
                await shard.Delay(1);
            }
            throw new InvalidOperationException("late failure");
        }
        finally
        {
            _lines.Add("finally");
        }
    }

    private static async EngineTask<int> Sum(IShard shard, int delays)
    {
        var sum = 0;
        for (var i = 1; i <= delays; i++)
        {
            await shard.Delay(i);
            sum += i;
        }
        return sum;
    }

    private static async EngineTask Nothing()
    {
        // A workflow that has nothing to wait for.
    }
}
