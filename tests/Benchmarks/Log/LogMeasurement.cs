using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Wire.Records;

namespace Testbed.Tests.Benchmarks;

/// <summary>
/// A partition's log alone: appending, reading back, recovering. Below each row of appending stands the same
/// bytes written by nothing but write calls: the floor. Allocations are the whole process's.
/// </summary>
internal static class LogMeasurement
{
    private const int RecordBytes = 1024;
    private const int BatchesMax = 2_000_000;
    private const int SyncedBatches = 4_000;
    private const long WrittenBytes = 1L << 30;
    private const int WarmUpBatches = 20_000;
    private const long TimeMs = 1_700_000_000_000;

    public static async Task Run(string parent)
    {
        Console.WriteLine(Meter.Head());
        foreach (var records in new[] { 1, 16 })
        {
            var batch = MakeBatch(records);
            var count = (int)Math.Min(BatchesMax, WrittenBytes / batch.Length);
            foreach (var atOnce in new[] { 1, 16 })
            {
                var what = $"{records} x 1 KiB, {atOnce} at once";
                await Appending(parent, $"append {what}", batch, count, atOnce, syncs: false);
                await Appending(parent, $"append {what}, synced", batch, SyncedBatches, atOnce, syncs: true);
            }
            Floor(parent, $"write calls alone, {records} x 1 KiB", batch, count, syncs: false);
            Floor(parent, $"write calls alone, {records} x 1 KiB, synced", batch, SyncedBatches / 16, true);
        }
        await ReadingAndRecovering(parent);
    }

    private static async Task Appending(
        string parent, string name, byte[] batch, int count, int atOnce, bool syncs)
    {
        await using var rig = new LogRig(parent);
        var buffers = new List<Memory<byte>>();
        for (var i = 0; i < atOnce; i++)
        {
            buffers.Add(batch.AsSpan().ToArray());
        }
        var log = await rig.Run(_ => rig.Open(syncs));
        await rig.Run(_ => Append(log, buffers, syncs ? atOnce : WarmUpBatches));
        var meter = new Meter();
        await rig.Run(_ => Append(log, buffers, count));
        Console.WriteLine(meter.Row(name, count, (long)count * batch.Length));
        await rig.Run(_ => Close(log));
    }

    /// <summary>Appends so many at once, waits until they are written, and again.</summary>
    private static async EngineTask<bool> Append(PartitionLog log, List<Memory<byte>> buffers, int count)
    {
        for (var done = 0; done < count; done += buffers.Count)
        {
            foreach (var buffer in buffers)
            {
                log.Append(buffer, null, new LeaderEpoch(1));
            }
            await log.Finish();
        }
        return true;
    }

    private static void Floor(string parent, string name, byte[] batch, int count, bool syncs)
    {
        var path = Path.Combine(parent, $"testbed-floor-{Guid.NewGuid()}");
        using (var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite))
        {
            var meter = new Meter();
            for (var i = 0; i < count; i++)
            {
                RandomAccess.Write(file, batch, (long)i * batch.Length);
                if (syncs)
                {
                    RandomAccess.FlushToDisk(file);
                }
            }
            Console.WriteLine(meter.Row(name, count, (long)count * batch.Length));
        }
        File.Delete(path);
    }

    private static async Task ReadingAndRecovering(string parent)
    {
        await using var rig = new LogRig(parent);
        var batch = MakeBatch(16);
        var count = (int)(WrittenBytes / batch.Length) - 1;
        var written = (long)count * batch.Length;
        var log = await rig.Run(_ => rig.Open(syncs: false));
        await rig.Run(_ => Append(log, [batch], count));
        foreach (var pieceBytes in new[] { 64 * 1024, 1024 * 1024 })
        {
            await rig.Run(shard => Read(shard, log, pieceBytes));
            var meter = new Meter();
            var reads = await rig.Run(shard => Read(shard, log, pieceBytes));
            Console.WriteLine(meter.Row($"read back {pieceBytes / 1024} KiB", reads, written));
        }
        await rig.Run(_ => Close(log));
        var recovery = new Meter();
        var opened = await rig.Run(_ => rig.Open(syncs: false));
        Console.WriteLine(recovery.Row("recover an unsynced tail", 1, written));
        Invariant.Assert(opened.EndOffset == log.EndOffset);
        await rig.Run(_ => Close(opened));
    }

    /// <summary>From the beginning to the end, as fetches do; tells how many there were.</summary>
    private static async EngineTask<int> Read(IShard shard, PartitionLog log, int pieceBytes)
    {
        var piece = shard.Buffers.Rent(pieceBytes);
        var at = log.StartOffset;
        var reads = 0;
        while (at < log.EndOffset)
        {
            var slice = await log.Read(at, log.EndOffset, pieceBytes, atLeastOne: true);
            var into = piece.Memory[..slice.SizeBytes];
            var read = await log.Disk.Read(slice.Range.File, slice.Range.Offset, into);
            slice.Release();
            Invariant.Assert(read.Count == slice.SizeBytes && read.Count > 0);
            at = EndOf(into.Span);
            reads++;
        }
        piece.Release();
        return reads;
    }

    private static Offset EndOf(ReadOnlySpan<byte> bytes)
    {
        var end = Offset.Zero;
        while (BatchFrame.Of(bytes) is { Framing: BatchFraming.Whole } frame)
        {
            end = StoredBatch.Read(bytes).EndOffset;
            bytes = bytes[(int)frame.SizeBytes..];
        }
        return end;
    }

    private static async EngineTask<bool> Close(PartitionLog log)
    {
        await log.Close();
        return true;
    }

    private static byte[] MakeBatch(int records)
    {
        var builder = new RecordBatchBuilder(new BufferPool(retainedBytesMax: 0, poison: false));
        builder.Begin(RecordBatchOptions.Default);
        var value = new byte[RecordBytes];
        new Random(1).NextBytes(value);
        for (var i = 0; i < records; i++)
        {
            builder.Append(TimeMs + i, OptionalBytes.Null, value);
        }
        builder.Build(out var built);
        return built.Span.ToArray();
    }
}
