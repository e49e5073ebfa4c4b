using System;
using System.Threading.Tasks;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Wire.Records;
using Xunit;

namespace Testbed.Tests.Net;

/// <summary>What a log on real files allocates: so much a batch, however many records are in it.</summary>
public sealed class LogAllocationTests : IDisposable
{
    private const int Batches = 400;
    private const int ManyRecords = 1000;
    private const int Attempts = 5;
    private const string Directory = "t-0";

    private static readonly LogSettings Settings = LogSettings.Default with { IndexIntervalBytes = 1 << 30 };

    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task Appending_and_reading_allocate_nothing_per_record()
    {
        await using var shard = new TestShard(portable: false, _directory.Path);
        var log = await shard.Work(Open);
        var (one, many) = (Batch(1), Batch(ManyRecords));
        await shard.Work(_ => Append(log, many));

        var appendedOne = await Least(() => shard.Work(_ => Append(log, one)));
        var readOne = await Least(() => shard.Work(_ => ReadLast(log, 1)));
        var appendedMany = await Least(() => shard.Work(_ => Append(log, many)));
        var readMany = await Least(() => shard.Work(_ => ReadLast(log, ManyRecords)));

        // Growing lists make a small difference, far below a hundredth of a byte for each record.
        Assert.InRange(appendedMany - appendedOne, long.MinValue, Batches * ManyRecords / 100);
        Assert.InRange(readMany - readOne, long.MinValue, Batches * ManyRecords / 100);
        await shard.Work(async _ =>
        {
            await log.Close();
            return true;
        });
    }

    public void Dispose() => _directory.Dispose();

    /// <summary>The runtime may allocate on the shard's thread for itself, but not every time.</summary>
    private static async Task<long> Least(Func<Task<long>> measure)
    {
        var least = long.MaxValue;
        for (var i = 0; i < Attempts; i++)
        {
            least = long.Min(least, await measure());
        }
        return least;
    }

    private static async EngineTask<PartitionLog> Open(IShard shard)
    {
        await shard.Disks[0].CreateDirectory(Directory);
        var place = new LogDirectory(shard, shard.Disks[0], Uuid.Zero);
        return await LogOpener.Open(
            shard, place, Directory, new TopicPartition("t", 0), Settings, new LogOpening());
    }

    private static async EngineTask<long> Append(PartitionLog log, byte[] batch)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Batches; i++)
        {
            log.Append(batch, null, new LeaderEpoch(1));
            await log.Finish();
        }
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>The last batch, again and again.</summary>
    private static async EngineTask<long> ReadLast(PartitionLog log, int records)
    {
        var from = log.EndOffset - records;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Batches; i++)
        {
            var slice = await log.Read(from, log.WrittenEnd, 1, atLeastOne: true);
            Invariant.Assert(slice.SizeBytes > 0);
            slice.Release();
        }
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static byte[] Batch(int records)
    {
        var builder = new RecordBatchBuilder(new BufferPool(retainedBytesMax: 0, poison: false));
        builder.Begin(RecordBatchOptions.Default);
        for (var i = 0; i < records; i++)
        {
            builder.Append(1_700_000_000_000 + i, OptionalBytes.Null, "value"u8);
        }
        builder.Build(out var built);
        return built.Span.ToArray();
    }
}
