using System;
using System.IO;
using System.Threading.Tasks;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Net;

namespace Testbed.Tests.Benchmarks;

/// <summary>A partition's log in a folder of its own, on a shard with a real disk and no network.</summary>
internal sealed class LogRig : IAsyncDisposable
{
    private const string Directory = "t-0";
    private static readonly TopicPartition Name = new("t", 0);

    private readonly DirectoryInfo _folder;
    private readonly ShardHost _host;

    public LogRig(string parent)
    {
        _folder = System.IO.Directory.CreateDirectory(Path.Combine(parent, $"testbed-log-{Guid.NewGuid()}"));
        _host = new ShardHost(new ShardOptions
        {
            Id = new ShardId(new NodeId(1), 0),
            LogDirectories = [_folder.FullName],
        });
        _host.Start(static _ => { });
    }

    public string Folder => _folder.FullName;

    /// <summary>Opens the log, as after a crash: all that follows the last milestone is examined.</summary>
    public async EngineTask<PartitionLog> Open(bool syncs)
    {
        var place = new LogDirectory(_host, _host.Disks[0], Uuid.Zero);
        await place.Disk.CreateDirectory(Directory);
        var settings = LogSettings.Default with { SyncBeforeAcknowledge = syncs };
        var log = await LogOpener.Open(_host, place, Directory, Name, settings, new LogOpening());
        Invariant.Assert(!log.IsOffline);
        return log;
    }

    public async Task<T> Run<T>(Func<IShard, EngineTask<T>> work)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _host.Post(() => _ = Follow(work, answer));
        if (await Task.WhenAny(answer.Task, _host.Completion) != answer.Task)
        {
            throw new InvalidOperationException("the shard died", await _host.Completion);
        }
        return await answer.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _host.Stop();
        await _host.Completion;
        _folder.Delete(recursive: true);
    }

    private async EngineTask Follow<T>(Func<IShard, EngineTask<T>> work, TaskCompletionSource<T> answer) =>
        answer.SetResult(await work(_host));
}
