using System;
using System.Threading;
using System.Threading.Tasks;
using Testbed.Runner.Sim;
using Xunit;

namespace Testbed.Tests.Runner.Sim;

/// <summary>The guard around simulated runs bites, and lets a run that stays on its thread alone.</summary>
public class SimulationGuardTests
{
    private const int Soon = 100_000;    // ms; a test that waits this long has failed already

    [Fact]
    public void A_run_that_stays_on_its_thread_is_let_pass() =>
        Assert.Equal(42, new SimulationGuard(isAloneInProcess: false).Run(() => 42));

    [Fact]
    public void A_contended_lock_throws()
    {
        var gate = new Lock();
        AssertContentionThrows(gate.Enter, gate.Exit);
    }

    [Fact]
    public void A_contended_monitor_throws()
    {
        var gate = new object();
        AssertContentionThrows(() => Monitor.Enter(gate), () => Monitor.Exit(gate));
    }

    [Fact]
    public void Waiting_for_an_event_throws()
    {
        using var never = new ManualResetEventSlim();
        AssertBlocks(() => never.Wait(Soon));
    }

    [Fact]
    public void Waiting_for_a_semaphore_throws()
    {
        using var never = new SemaphoreSlim(0);
        AssertBlocks(() => never.Wait(Soon));
    }

    [Fact]
    public void Asking_a_task_for_its_result_throws() =>
        AssertBlocks(() => _ = new TaskCompletionSource<int>().Task.Result);

    [Fact]
    public void Joining_a_thread_throws()
    {
        using var isDone = new ManualResetEventSlim();
        var other = new Thread(() => isDone.Wait(Soon));
        other.Start();
        AssertBlocks(() => other.Join(Soon));
        isDone.Set();
        other.Join();
    }

    [Fact]
    public void Code_of_the_run_on_the_thread_pool_is_reported() =>
        Assert.Contains("came up on another thread", Escape(isAlone: false, () => Spin(Task.Run(() => 1))));

    [Fact]
    public void Code_of_the_run_on_a_thread_of_its_own_is_reported() =>
        Assert.Contains("came up on another thread", Escape(isAlone: false, () =>
        {
            var isDone = false;
            new Thread(() => Volatile.Write(ref isDone, true)).Start();
            SpinWait.SpinUntil(() => Volatile.Read(ref isDone));
        }));

    [Fact]
    public void An_await_of_a_task_is_reported() =>
        Assert.Contains("posted to the run", Escape(isAlone: false, () =>
        {
            _ = YieldAsync();

            static async Task YieldAsync() => await Task.Yield();
        }));

    [Fact]
    public void A_work_item_is_counted_even_if_no_context_flows_with_it() =>
        Assert.Contains("went through the thread pool", Escape(isAlone: true, () =>
        {
            var before = ThreadPool.CompletedWorkItemCount;
            ThreadPool.UnsafeQueueUserWorkItem(_ => { }, null);
            SpinWait.SpinUntil(() => ThreadPool.CompletedWorkItemCount != before);
        }));

    [Fact]
    public void A_timer_that_is_left_running_is_counted()
    {
        Timer? timer = null;
        var escape = Escape(isAlone: true, () => timer = new Timer(_ => { }, null, Soon, Timeout.Infinite));
        timer!.Dispose();
        Assert.Contains("timers are running", escape);
    }

    [Fact]
    public void What_ends_after_its_run_is_charged_to_the_next()
    {
        var guard = new SimulationGuard(isAloneInProcess: false);
        var late = guard.Run(() => new Task(() => { }));
        late.Start();
        Spin(late);
        Assert.Throws<SimulationEscapeException>(() => guard.Run(() => 0));
        Assert.Equal(1, guard.Run(() => 1));
    }

    [Fact]
    public void The_context_of_the_thread_is_put_back_even_when_the_run_throws()
    {
        var before = SynchronizationContext.Current;
        var guard = new SimulationGuard(isAloneInProcess: false);
        Assert.Throws<FormatException>(() => guard.Run<int>(() => throw new FormatException()));
        Assert.Same(before, SynchronizationContext.Current);
    }

    /// <summary>Another thread holds a lock while the run asks for it.</summary>
    private static void AssertContentionThrows(Action enter, Action exit)
    {
        using var isHeld = new ManualResetEventSlim();
        using var isDone = new ManualResetEventSlim();
        var holder = new Thread(() =>
        {
            enter();
            isHeld.Set();
            isDone.Wait(Soon);
            exit();
        });
        holder.Start();
        isHeld.Wait(Soon);
        AssertBlocks(enter);
        isDone.Set();
        holder.Join();
    }

    private static void AssertBlocks(Action run) =>
        Assert.Contains("blocked", Escape(isAlone: false, run));

    /// <summary>What the guard says of a run.</summary>
    private static string Escape(bool isAlone, Action run) =>
        Assert.Throws<SimulationEscapeException>(() => new SimulationGuard(isAlone).Run(() =>
        {
            run();
            return 0;
        })).Message;

    private static void Spin(Task task) => SpinWait.SpinUntil(() => task.IsCompleted);
}
