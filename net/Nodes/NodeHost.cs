using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Node.Settings;

namespace Testbed.Net;

/// <summary>
/// A whole node in this process: settings in, a serving broker out. A start that fails leaves the disk as it
/// was: the ports are bound and the directories claimed before anything is written.
/// </summary>
public sealed class NodeHost : IAsyncDisposable
{
    private readonly NodeSettings _settings;
    private readonly IReadOnlyList<string> _logDirectories;    // those that can be used
    private readonly ShardHost _shard;
    private readonly DirectoryClaims _claims = new();
    private Testbed.Node.Node? _node;

    private NodeHost(NodeSettings settings, IReadOnlyList<string> logDirectories, ITrace trace)
    {
        _settings = settings;
        _logDirectories = logDirectories;
        _shard = new ShardHost(new ShardOptions
        {
            Id = new ShardId(settings.NodeId, 0),
            LogDirectories = logDirectories,
            Trace = trace,
        });
    }

    public string ClusterId => _node!.ClusterId;

    /// <summary>The ports really bound, one a listener, in the order of the settings.</summary>
    public IReadOnlyList<int> Ports => _node!.Ports;

    /// <summary>
    /// Ends when the node has stopped: with null after a stop, with the exception when it broke.
    /// </summary>
    public Task<Exception?> Completion => _shard.Completion;

    /// <summary>
    /// Starts a node and waits until it serves. The result has the node, or one sentence that names the
    /// setting and the fix.
    /// </summary>
    public static async Task<NodeStart> Start(NodeSettings settings, ITrace trace)
    {
        var preflight = new DirectoryPreflight(settings);
        if (preflight.Run() is { } found)
        {
            return new NodeStart(null, found);
        }
        foreach (var (directory, reason) in preflight.Refused)
        {
            trace.Emit(new LogDirectoryFailed(directory, reason));
        }
        var host = new NodeHost(settings, preflight.Usable, trace);
        var problem = await host.Begin().ConfigureAwait(false);
        if (problem is not null)
        {
            await host.Stop().ConfigureAwait(false);
            host._claims.Undo();
            return new NodeStart(null, problem);
        }
        return new NodeStart(host, null);
    }

    /// <summary>
    /// Stops the node cleanly, however long the disks need, and lets go of its ports and directories.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _shard.Post(() => _ = Close(closed));
        await Task.WhenAny(closed.Task, _shard.Completion).ConfigureAwait(false);
        await Stop().ConfigureAwait(false);
        _claims.Release();
    }

    private async Task Stop()
    {
        _shard.Stop();
        await _shard.Completion.ConfigureAwait(false);
    }

    private async Task<string?> Begin()
    {
        var listening = NewCompletion();
        _shard.Start(shard =>
        {
            _node = new Testbed.Node.Node(shard, _settings);
            listening.SetResult(_node.Listen());
        });
        var problem = await FirstOf(listening.Task).ConfigureAwait(false)
            ?? _claims.Claim(_logDirectories);
        if (problem is not null)
        {
            return problem;
        }
        var booted = NewCompletion();
        _shard.Post(() => _ = Boot(booted));
        return await FirstOf(booted.Task).ConfigureAwait(false);
    }

    private async EngineTask Close(TaskCompletionSource closed)
    {
        await _node!.Stop();
        closed.SetResult();
    }

    private async EngineTask Boot(TaskCompletionSource<string?> booted)
    {
        var outcome = await _node!.Boot();
        booted.SetResult(outcome.Problem);
    }

    /// <summary>The step's answer, or what broke the shard before it could answer.</summary>
    private async Task<string?> FirstOf(Task<string?> step)
    {
        var first = await Task.WhenAny(step, _shard.Completion).ConfigureAwait(false);
        if (first == step)
        {
            return await step.ConfigureAwait(false);
        }
        var error = await _shard.Completion.ConfigureAwait(false);
        return $"the node broke while it started: {error?.ToString() ?? "it was stopped"}";
    }

    private static TaskCompletionSource<string?> NewCompletion() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);
}
