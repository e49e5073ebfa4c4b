using System;
using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Models.Logs;
using Testbed.Sim;
using Xunit;

namespace Testbed.Tests.Sim.Logs;

/// <summary>
/// A log that was stopped, whose files are damaged one way after another: before each damage they are as they
/// were when it stopped.
/// </summary>
internal sealed class RottenLog
{
    /// <summary>How many bytes go unharmed beside each one; LOG_ROT_STRIDE=1 flips in every byte.</summary>
    public static readonly int Stride = (int)SweepSetting.Of("LOG_ROT_STRIDE", 13);

    private const string Filled = "AppendInTransaction:1 Burst:2 EndTransaction:5 Append:6 "
        + "AppendInTransaction:8 EndTransaction:11 Burst:14 EndTransaction:15 Settle:16 Flush:17 "
        + "Append:19 Append:20 Settle:21 Flush:22 KeepPoint:23";

    private const int PieceBytes = 200;

    private readonly List<(string Path, byte[] Content)> _files;

    public RottenLog(LogSettings settings)
    {
        Twins = new LogTwins(3, settings);
        foreach (var step in LogStep.Parse(Filled))
        {
            Twins.Do(step);
        }
        _files = [.. Machine.Device.FilePaths().Select(path => (path, Machine.Device.Contents(path)!))];
        Bases = [.. Machine.SegmentBases()];
        Machine.Crash(CrashKind.Process);
        Machine.Restart();
    }

    public LogTwins Twins { get; }

    public LogMachine Machine => Twins.Machine;

    public ModelLog Model => Twins.Model;

    public IReadOnlyList<long> Bases { get; }

    public IEnumerable<(string Path, byte[] Content)> Files(string suffix) =>
        _files.Where(file => file.Path.EndsWith(suffix));

    public static string PathOf(long baseOffset) =>
        $"{LogMachine.Directory}/{LogFileNames.Segment(new Offset(baseOffset))}";

    /// <summary>
    /// Opens the log with other contents in one of its files; null, or why it is offline. Unless
    /// <paramref name="isBelieved"/> nothing is known to be durable, and all is examined.
    /// </summary>
    public string? OpenWith(string path, byte[]? content, bool isBelieved)
    {
        Restore();
        if (content is null)
        {
            Machine.Wait(Machine.Shard.Disks[0].Delete(path));
        }
        else
        {
            Machine.Replace(path, content);
        }
        if (!isBelieved)
        {
            Machine.Wait(Machine.Shard.Disks[0].Delete(OffsetCheckpoint.RecoveryPointFile));
        }
        return Machine.TryOpen(isClean: isBelieved);
    }

    /// <summary>Opens a cleanly stopped log without some files; null, or why it is offline.</summary>
    public string? OpenWithout(IReadOnlyList<string> paths)
    {
        Restore();
        foreach (var path in paths)
        {
            Machine.Wait(Machine.Shard.Disks[0].Delete(path));
        }
        return Machine.TryOpen(isClean: true);
    }

    /// <summary>
    /// Reads what is open from the beginning, a small piece at a time, and checks each byte: it is as it was
    /// written. The end of what could be read, and why no more could.
    /// </summary>
    public (long End, string? Damage) ReadAll()
    {
        var log = Machine.Log;
        var next = log.StartOffset;
        while (next < log.WrittenEnd)
        {
            var slice = Machine.Wait(log.Read(next, log.WrittenEnd, PieceBytes, atLeastOne: true));
            if (slice.Status != IoStatus.Ok)
            {
                return (next.Value, slice.Damage);
            }
            var bytes = new byte[slice.SizeBytes];
            Machine.Wait(log.Disk.Read(slice.Range.File, slice.Range.Offset, bytes));
            slice.Release();
            var expected = Model.Batches.Single(batch => batch.BaseOffset <= next && batch.EndOffset > next);
            Assert.Equal(expected.Bytes, bytes.AsSpan(0, expected.Bytes.Length).ToArray());
            next = expected.EndOffset;
        }
        return (next.Value, null);
    }

    /// <summary>The batches of one segment, and where each begins.</summary>
    public List<(ModelBatch Batch, int Position)> BatchesOf(long baseOffset)
    {
        var next = Bases.FirstOrDefault(other => other > baseOffset, long.MaxValue);
        var position = 0;
        var found = new List<(ModelBatch, int)>();
        foreach (var batch in Model.Batches.Where(batch =>
            batch.BaseOffset.Value >= baseOffset && batch.BaseOffset.Value < next))
        {
            found.Add((batch, position));
            position += batch.Bytes.Length;
        }
        return found;
    }

    public static byte[] Flip(byte[] content, int at, int bit)
    {
        var changed = (byte[])content.Clone();
        changed[at] ^= (byte)(1 << bit);
        return changed;
    }

    private void Restore()
    {
        Machine.Crash(CrashKind.Process);
        Machine.Restart();
        var known = _files.Select(static file => file.Path);
        foreach (var extra in Machine.Device.FilePaths().Except(known).ToList())
        {
            Machine.Wait(Machine.Shard.Disks[0].Delete(extra));
        }
        foreach (var (path, content) in _files)
        {
            if (Machine.Device.Contents(path) is not { } now || !now.AsSpan().SequenceEqual(content))
            {
                if (Machine.Device.Contents(path) is null)
                {
                    Machine.Wait(Machine.Shard.Disks[0].Open(path, OpenMode.OpenOrCreate));
                }
                Machine.Replace(path, content);
            }
        }
    }
}
