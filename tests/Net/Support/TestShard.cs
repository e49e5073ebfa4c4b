using System;
using System.Threading.Tasks;
using Testbed.Foundation;
using Testbed.Net;

namespace Testbed.Tests.Net;

/// <summary>A running shard for one test; disposal stops it and fails when it had died by itself.</summary>
internal sealed class TestShard : IAsyncDisposable
{
    public TestShard(bool portable = false, string? directory = null, ITrace? trace = null)
    {
        Host = new ShardHost(new ShardOptions
        {
            Id = new ShardId(new NodeId(1), 0),
            LogDirectories = directory is null ? [] : [directory],
            Trace = trace ?? new RealTrace(),
            Portable = portable,
        });
        Host.Start(_ => { });
    }

    public ShardHost Host { get; }

    /// <summary>Runs something on the shard and waits for its answer.</summary>
    public async Task<T> Run<T>(Func<IShard, T> act)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Host.Post(() => answer.SetResult(act(Host)));
        return await Answer(answer.Task);
    }

    public Task Run(Action<IShard> act) => Run(shard =>
    {
        act(shard);
        return true;
    });

    /// <summary>Runs a workflow on the shard to its end.</summary>
    public async Task<T> Work<T>(Func<IShard, EngineTask<T>> work)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Host.Post(() => _ = Follow(work, answer));
        return await Answer(answer.Task);
    }

    /// <summary>Ends once the condition holds, looking again every millisecond of the shard's time.</summary>
    public Task Until(Func<bool> holds) => Work(async shard =>
    {
        while (!holds())
        {
            await shard.Delay(1);
        }
        return true;
    });

    public Task Rest(int ms) => Work(async shard => await shard.Delay(ms));

    public Task<int> Listen(IConnectionHost host) => Run(shard =>
    {
        var listening = shard.Network.Listen(new NetworkAddress("127.0.0.1", 0), host);
        Invariant.Assert(listening.Status == ListenStatus.Listening);
        return listening.Port;
    });

    public async ValueTask DisposeAsync()
    {
        Host.Stop();
        var error = await Deadline.Of(Host.Completion);
        if (error is not null)
        {
            throw new InvalidOperationException("the shard died", error);
        }
    }

    private async EngineTask Follow<T>(Func<IShard, EngineTask<T>> work, TaskCompletionSource<T> answer) =>
        answer.SetResult(await work(Host));

    private async Task<T> Answer<T>(Task<T> answer)
    {
        await Deadline.Of(Task.WhenAny(answer, Host.Completion));
        if (!answer.IsCompleted)
        {
            throw new InvalidOperationException("the shard died", await Host.Completion);
        }
        return await answer;
    }
}
