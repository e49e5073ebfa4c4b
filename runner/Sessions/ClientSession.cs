using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Testbed.Client;
using Testbed.Foundation;
using Testbed.Net;

namespace Testbed.Runner;

/// <summary>
/// A client of a cluster for one command: a real shard with a <see cref="ClusterClient"/> on it. Workflows
/// run on the shard; the command awaits their results on its own side.
/// </summary>
internal sealed class ClientSession : IAsyncDisposable
{
    /// <summary>
    /// How long a command tries to find a cluster, or a topic in it, before it says that there is none.
    /// </summary>
    public const long PatienceMs = 10_000;

    private static readonly NodeId Nobody = new(0);
    private readonly ShardHost _shard = new(new ShardOptions { Id = new ShardId(Nobody, 0) });
    private readonly ClusterOptions _options;
    private ClusterClient? _cluster;    // set by the shard before it does anything else

    public ClientSession(IReadOnlyList<NetworkAddress> bootstrap, bool allowTopicCreation = false)
    {
        _options = new ClusterOptions
        {
            Bootstrap = bootstrap,
            AllowAutoTopicCreation = allowTopicCreation,
            Connections = new ConnectionOptions { ClientId = "testbed-cli", SetupTimeoutMs = PatienceMs / 2 },
        };
        _shard.Start(shard => _cluster = new ClusterClient(shard, _options));
    }

    /// <summary>
    /// Runs a workflow on the shard. Throws the <see cref="CommandException"/> that it throws.
    /// </summary>
    public async Task<T> Run<T>(Func<ClusterClient, EngineTask<T>> workflow, CancellationToken cancel)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _shard.Post(() => _ = Follow(workflow, result));
        var ended = await Task.WhenAny(result.Task, _shard.Completion).WaitAsync(cancel);
        if (ended == result.Task)
        {
            return await result.Task;
        }
        var error = await _shard.Completion;
        throw new InvalidOperationException("the client has ended before its work", error);
    }

    /// <summary>Does something on the shard, as soon as it gets to it.</summary>
    public void Post(Action<ClusterClient> action) => _shard.Post(() => action(_cluster!));

    /// <summary>Closes all connections and ends the shard.</summary>
    public async ValueTask DisposeAsync()
    {
        _shard.Post(() =>
        {
            _cluster!.Close();
            _shard.Stop();
        });
        await _shard.Completion;
    }

    /// <summary>What a user can mend goes back to the command; anything else ends the shard.</summary>
    private async EngineTask Follow<T>(
        Func<ClusterClient, EngineTask<T>> workflow, TaskCompletionSource<T> result)
    {
        try
        {
            result.SetResult(await workflow(_cluster!));
        }
        catch (CommandException error)
        {
            result.SetException(error);
        }
    }
}
