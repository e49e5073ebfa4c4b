using System;
using System.Threading.Tasks;
using Testbed.Foundation;
using Testbed.Net;

namespace Testbed.Tests.Interop;

/// <summary>A shard on a thread of its own, with a real directory as its disk.</summary>
internal sealed class EngineShard : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private readonly ShardHost _host;

    public EngineShard(string directory)
    {
        _host = new ShardHost(new ShardOptions
        {
            Id = new ShardId(new NodeId(1), 0),
            LogDirectories = [directory],
        });
        _host.Start(static _ => { });
    }

    /// <summary>Runs a workflow on the shard to its end.</summary>
    public async Task<T> Run<T>(Func<IShard, EngineTask<T>> work)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _host.Post(() => _ = Follow(work, answer));
        await Task.WhenAny(answer.Task, _host.Completion).WaitAsync(Limit);
        if (!answer.Task.IsCompleted)
        {
            throw new InvalidOperationException("the shard died", await _host.Completion);
        }
        return await answer.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _host.Stop();
        await _host.Completion.WaitAsync(Limit);
    }

    private async EngineTask Follow<T>(Func<IShard, EngineTask<T>> work, TaskCompletionSource<T> answer) =>
        answer.SetResult(await work(_host));
}
