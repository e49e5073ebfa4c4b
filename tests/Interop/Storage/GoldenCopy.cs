using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Tests.Engine.Log.Formats;
using Testbed.Tests.Engine.Log.Golden;
using Xunit;

namespace Testbed.Tests.Interop;

/// <summary>A copy of one log directory of Kafka's, opened by our log as a node does.</summary>
internal sealed class GoldenCopy : IAsyncDisposable
{
    private const int PieceBytes = 64 * 1024;

    private readonly TemporaryFolder _folder = new();
    private readonly string _dataDirectory;
    private readonly EngineShard _shard;

    /// <param name="dataDirectory">Case and data directory.</param>
    public GoldenCopy(string dataDirectory)
    {
        _dataDirectory = dataDirectory;
        foreach (var file in GoldenLogs.Files.Where(file => IsInside(file.Folder)))
        {
            var path = System.IO.Path.Combine(_folder.Path, file.Path[(dataDirectory.Length + 1)..]);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, file.Bytes);
        }
        _shard = new EngineShard(_folder.Path);
    }

    public string Path => _folder.Path;

    public IEnumerable<GoldenPartition> Partitions =>
        GoldenPartition.All.Where(one => one.DataDirectory == _dataDirectory);

    /// <summary>
    /// Opens a partition as Kafka left it and compares; appends, closes, opens it again and compares once
    /// more.
    /// </summary>
    public async Task IsReadAndGoesOn(GoldenPartition partition)
    {
        var times = GoldenCheck.TimesFor(partition);
        var (before, appended) = await _shard.Run(shard => ReadAndAppend(shard, partition, times));
        GoldenCheck.IsAsKafkaLeftIt(partition, times, before, hasTimes: true);

        var after = await _shard.Run(shard => ReadAgain(shard, partition, times));
        Assert.Null(after.OfflineReason);
        Assert.Equal(before.Start, after.Start);
        Assert.True(after.Bytes.AsSpan().SequenceEqual([.. before.Bytes, .. appended]));
        GoldenCheck.AnswersAreThoseOfALinearScan(times, after);
    }

    public async ValueTask DisposeAsync()
    {
        await _shard.DisposeAsync();
        _folder.Dispose();
    }

    private bool IsInside(string folder) =>
        folder == _dataDirectory || folder.StartsWith(_dataDirectory + "/", StringComparison.Ordinal);

    private static async EngineTask<(LogReading Read, byte[] Appended)> ReadAndAppend(
        IShard shard, GoldenPartition partition, IReadOnlyList<long> times)
    {
        var log = await Open(shard, partition, partition.Opening);
        var read = await LogWorkflows.Read(log, times, PieceBytes);
        var appended = log.IsOffline ? [] : await LogWorkflows.AppendSome(shard, log);
        Invariant.Assert(await LogWorkflows.CloseCleanly(log) || log.IsOffline);
        return (read, appended);
    }

    private static async EngineTask<LogReading> ReadAgain(
        IShard shard, GoldenPartition partition, IReadOnlyList<long> times)
    {
        var log = await Open(shard, partition, partition.Opening with { IsClean = true });
        var read = await LogWorkflows.Read(log, times, PieceBytes);
        await log.Close();
        return read;
    }

    private static EngineTask<PartitionLog> Open(IShard shard, GoldenPartition partition, LogOpening opening)
    {
        var place = new LogDirectory(shard, shard.Disks[0], Uuid.Zero);
        return LogOpener.Open(
            shard, place, partition.Directory, partition.Name, partition.Settings, opening);
    }
}
