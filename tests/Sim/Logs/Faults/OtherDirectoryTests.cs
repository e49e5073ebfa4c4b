using System.Collections.Generic;
using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Sim;
using Testbed.Wire.Records;
using Xunit;

namespace Testbed.Tests.Sim.Logs;

/// <summary>A log directory fails as a whole and alone.</summary>
public sealed class OtherDirectoryTests
{
    private static readonly NodeId Node = new(1);
    private static readonly string[] Disks = ["data", "other"];

    private readonly World _world = new(1);
    private readonly List<PartitionLog> _logs = [];
    private IShard _shard = null!;

    [Theory]
    [InlineData(DiskRequestKind.Write, IoStatus.Failed)]
    [InlineData(DiskRequestKind.Sync, IoStatus.Failed)]
    [InlineData(DiskRequestKind.Write, IoStatus.NoSpace)]
    public void A_failed_request_takes_all_logs_of_its_directory_offline_at_once_and_no_others(
        DiskRequestKind kind, IoStatus status)
    {
        _world.AddNode(Node, shard => _shard = shard, new NodeOptions { DiskNames = Disks });
        _world.RunForMs(1);
        Open(disk: 0, "a-0", "b-0");
        Open(disk: 1, "c-0");
        Append();
        Assert.All(_logs, static log => Assert.Equal(1, log.WrittenEnd.Value));

        _world.Node(Node).Disks[0].Faults = FaultOn.Once(kind, new DiskFault(status));
        Append();
        Append(only: _logs[2]);

        Assert.Contains("data", _logs[0].OfflineReason);
        Assert.Equal(_logs[0].OfflineReason, _logs[1].OfflineReason);
        Assert.Equal(_logs[0].OfflineReason, _logs[0].Place.OfflineReason);
        Assert.Null(_logs[2].OfflineReason);
        Assert.Equal(3, _logs[2].WrittenEnd.Value);
        Assert.False(Wait(_logs[0].Flush()));
        Assert.True(Wait(_logs[2].Flush()));
        Assert.Equal(0, _world.LeakedLeases());
    }

    private void Open(int disk, params string[] directories)
    {
        var place = new LogDirectory(_shard, _shard.Disks[disk], Uuid.Zero);
        foreach (var directory in directories)
        {
            Wait(_shard.Disks[disk].CreateDirectory(directory));
            var name = new TopicPartition(directory[..1], 0);
            var settings = LogSettings.Default with { SyncBeforeAcknowledge = true };
            _logs.Add(Wait(LogOpener.Open(_shard, place, directory, name, settings, new LogOpening())));
        }
    }

    /// <summary>One record to every log that is online, and waits.</summary>
    private void Append(PartitionLog? only = null)
    {
        var builder = new RecordBatchBuilder(_shard.Buffers);
        foreach (var log in _logs)
        {
            if (!log.IsOffline && (only is null || log == only))
            {
                builder.Begin(RecordBatchOptions.Default);
                builder.Append(1, OptionalBytes.Null, new byte[10]);
                Assert.Equal(CompressStatus.Ok, builder.Build(out var batch));
                log.Append(batch.Memory, batch.Lease, new LeaderEpoch(0));
                batch.Release();
            }
        }
        builder.Release();
        foreach (var log in _logs)
        {
            Wait(log.Finish());
        }
    }

    private T Wait<T>(EngineTask<T> task)
    {
        Assert.True(_world.RunWhile(() => !task.IsCompleted, _world.Now.PlusMs(60_000)));
        return task.GetAwaiter().GetResult();
    }

    private T Wait<T>(EngineOp<T> operation)
    {
        Assert.True(_world.RunWhile(() => !operation.IsCompleted, _world.Now.PlusMs(60_000)));
        return operation.Result;
    }
}
