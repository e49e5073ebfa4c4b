using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Tests.Engine.Log.Formats;
using Testbed.Wire.Records;

namespace Testbed.Tests.Engine.Log.Golden;

/// <summary>
/// What a test does with a log, as workflows of the engine: they run on a simulated disk and on a real one.
/// </summary>
public static class LogWorkflows
{
    /// <summary>The id of the idempotent producer of <see cref="AppendSome"/>.</summary>
    public const long OurProducer = 4_000_000;

    public const int AppendedBatches = 12;
    public const int RecordsPerBatch = 5;
    private const int CodecCount = 5;
    private static readonly string Filler = new('x', 100);

    /// <summary>Puts files into a directory of a disk, durably.</summary>
    public static async EngineTask<bool> Load(
        IDisk disk, string directory, IReadOnlyList<GoldenLogFile> files)
    {
        var done = await disk.CreateDirectory(directory);
        foreach (var golden in files)
        {
            var opened = await disk.Open($"{directory}/{golden.Name}", OpenMode.CreateEmpty);
            var file = opened.File!;
            done = done.IsOk ? await disk.Write(file, 0, [golden.Bytes]) : done;
            done = done.IsOk ? await disk.Sync(file) : done;
            disk.Close(file);
        }
        done = done.IsOk ? await disk.SyncDirectory(directory) : done;
        done = done.IsOk ? await disk.SyncDirectory("") : done;
        return done.IsOk;
    }

    /// <summary>Everything that the log says, with the answers for these times.</summary>
    public static async EngineTask<LogReading> Read(
        PartitionLog log, IReadOnlyList<long> times, int pieceBytes)
    {
        log.Producers.OnHighWatermark(log.EndOffset);
        var found = new List<TimestampedOffset?>();
        foreach (var time in log.IsOffline ? [] : times)
        {
            var result = await log.FindByTimestamp(time, log.EndOffset);
            Invariant.Assert(result.Status == IoStatus.Ok);
            found.Add(result.Record);
        }
        var latest = log.IsOffline ? default : await log.FindMaxTimestamp(log.EndOffset);
        return new LogReading
        {
            OfflineReason = log.OfflineReason,
            Start = log.StartOffset.Value,
            End = log.EndOffset.Value,
            LastStable = log.Producers.LastStableOffset(log.EndOffset).Value,
            Epochs = [.. log.Epochs.Starts],
            Producers = ProducerSnapshot.Format(log.Producers),
            Bytes = log.IsOffline ? [] : await ReadAll(log, pieceBytes),
            Found = found,
            Latest = latest.Record,
        };
    }

    /// <summary>
    /// Appends batches of every codec, of plain producers and of one that is idempotent, and waits until they
    /// are written. The bytes that must now be in the files.
    /// </summary>
    public static async EngineTask<byte[]> AppendSome(IShard shard, PartitionLog log)
    {
        var builder = new RecordBatchBuilder(shard.Buffers);
        var expected = new MemoryStream();
        var epoch = new LeaderEpoch(Math.Max(log.Epochs.Latest.Value, 0) + 1);
        for (var i = 0; i < AppendedBatches; i++)
        {
            var isIdempotent = i % 2 == 1;
            builder.Begin(new RecordBatchOptions
            {
                Codec = (CompressionCodec)(i % CodecCount),
                ProducerId = isIdempotent ? OurProducer : RecordBatch.NoProducer,
                ProducerEpoch = isIdempotent ? (short)0 : (short)RecordBatch.NoProducer,
                BaseSequence = isIdempotent ? i / 2 * RecordsPerBatch : RecordBatch.NoProducer,
            });
            for (var j = 0; j < RecordsPerBatch; j++)
            {
                var key = Encoding.UTF8.GetBytes($"key {i}");
                builder.Append(shard.WallMs, key, Encoding.UTF8.GetBytes($"value {i} {j} {Filler}"));
            }
            Invariant.Assert(builder.Build(out var batch) == CompressStatus.Ok);
            log.Append(batch.Memory, batch.Lease, epoch);
            expected.Write(batch.Memory.Span);
            batch.Release();
        }
        await log.Finish();
        builder.Release();
        return expected.ToArray();
    }

    /// <summary>Flushes the log and closes it, as a node that stops. False when the disk failed.</summary>
    public static async EngineTask<bool> CloseCleanly(PartitionLog log)
    {
        var isFlushed = await log.Flush();
        await log.Close();
        return isFlushed;
    }

    private static async EngineTask<byte[]> ReadAll(PartitionLog log, int pieceBytes)
    {
        var bytes = new MemoryStream();
        var at = log.StartOffset;
        while (at < log.EndOffset)
        {
            var slice = await log.Read(at, log.EndOffset, pieceBytes, atLeastOne: true);
            Invariant.Assert(slice.Status == IoStatus.Ok);
            if (slice.SizeBytes == 0)
            {
                return bytes.ToArray();
            }
            var piece = new byte[slice.SizeBytes];
            var read = await log.Disk.Read(slice.Range.File, slice.Range.Offset, piece);
            slice.Release();
            Invariant.Assert(read.IsOk && read.Count == piece.Length);
            bytes.Write(piece);
            at = StoredBatches.Of(piece)[^1].Header.EndOffset;
        }
        return bytes.ToArray();
    }
}
