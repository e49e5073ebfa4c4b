using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Models.Logs;
using Testbed.Wire.Records;
using Xunit;

namespace Testbed.Tests.Sim.Logs;

/// <summary>Each comparison fires when what it compares is wrong.</summary>
public sealed class PlantedLogBugTests
{
    private const int Patience = 400;
    private const int MarkerType = 61 + 8;    // its lower byte, behind a record's first fields and a version
    private const string Filled = "AppendInTransaction:1 Burst:2 Elect:3 EndTransaction:5 Burst:6 Burst:7 "
        + "AppendInTransaction:8 EndTransaction:11 Burst:14 Settle:15 Flush:16 KeepPoint:17";

    private static readonly LogSettings Small = new(900, 60, SyncBeforeAcknowledge: true);

    [Theory]
    [InlineData("")]
    [InlineData(".log")]
    [InlineData("recovery-point-offset-checkpoint.tmp")]
    [InlineData("log-start-offset-checkpoint.tmp")]
    public void Syncs_that_are_forgotten_are_found(string suffix)
    {
        for (ulong seed = 1; seed <= Patience; seed++)
        {
            var broken = LogSequence.Draw(seed).Run(prepare: twins => twins.Machine.Device.Faults =
                new LyingSyncs(twins.Machine.Device, path => path.EndsWith(suffix)));
            if (broken is not null)
            {
                return;
            }
        }
        Assert.Fail($"{Patience} sequences on a disk that does not sync '{suffix}' have shown nothing");
    }

    [Fact]
    public void A_record_too_many_is_found() => Fires("end offset", twins => twins.Model.Append(
        new ModelBatch(
            twins.Model.End, twins.Model.End + 1, twins.Model.NewestEpoch, null, null,
            [new ModelEntry(twins.Model.End, 1)], new byte[100])));

    [Fact]
    public void An_epoch_too_many_is_found() => Fires("epochs are", static twins =>
        twins.Machine.Log.Epochs.Assign(new LeaderEpoch(77), twins.Machine.Log.EndOffset));

    [Fact]
    public void Deleted_records_that_come_back_are_found() =>
        Fires("start offset", static twins => twins.Model.AdvanceStart(new Offset(3)));

    [Fact]
    public void A_snapshot_that_has_a_later_batch_is_found() => FiresAfterStop("producers is", twins =>
    {
        var path = Newest(twins, LogFileNames.SnapshotSuffix);
        var at = new Offset(long.Parse(path[4..24]));
        var content = twins.Machine.Device.Contents(path);
        Assert.True(ProducerSnapshot.TryParse(content, at, out var entries, out _));
        var states = ProducerStates.Restore(entries, default);
        var last = states.All.First(static state => state.BatchCount > 0);
        var next = SequencedBatch.Advance(last.Last.LastSequence, 1);
        states.OnAppended(new SequencedBatch(last.Id, last.Epoch, next, next), at - 1, at, 1, default);
        Overwrite(twins, path, ProducerSnapshot.Format(states));
    });

    /// <summary>The index beside it is made anew from the marker.</summary>
    [Fact]
    public void An_abort_that_has_become_a_commit_is_found() => FiresAfterStop(
        "aborted transactions", static twins =>
        {
            var index = Newest(twins, LogFileNames.AbortedIndexSuffix);
            var path = index[..^LogFileNames.AbortedIndexSuffix.Length] + LogFileNames.SegmentSuffix;
            var content = twins.Machine.Device.Contents(path)!;
            var at = 0;
            while (!StoredBatch.Read(content.AsSpan(at)).Attributes.IsControl
                || content[at + MarkerType] != 0)
            {
                at += StoredBatch.Read(content.AsSpan(at)).SizeBytes;
            }
            content[at + MarkerType] = 1;
            var marker = content.AsSpan(at, StoredBatch.Read(content.AsSpan(at)).SizeBytes);
            RecordBatchPatch.RenewCrc(marker);
            // The model takes the bytes for what was written, or they would be what is found.
            var written = StoredBatch.Read(marker).BaseOffset;
            var known = twins.Model.Batches.First(batch => batch.BaseOffset == written).Bytes;
            marker.CopyTo(MemoryMarshal.AsMemory(known).Span);
            Overwrite(twins, path, content);
        });

    [Fact]
    public void A_lost_entry_of_a_time_index_is_found() => FiresAfterStop(" from time ", static twins =>
    {
        foreach (var path in All(twins, LogFileNames.TimeIndexSuffix))
        {
            var content = twins.Machine.Device.Contents(path)!;
            Overwrite(twins, path, content[..Math.Max(content.Length - TimeIndex.EntryBytes, 0)]);
        }
    });

    [Fact]
    public void A_lost_batch_is_found() => FiresAfterStop("ends at offset", static twins =>
    {
        var path = Newest(twins, LogFileNames.SegmentSuffix);
        var size = twins.Model.Batches[^1].Bytes.Length;
        Overwrite(twins, path, twins.Machine.Device.Contents(path)![..^size]);
    });

    [Fact]
    public void A_changed_byte_is_found() => FiresAfterStop("gets other bytes", static twins =>
    {
        var path = All(twins, LogFileNames.SegmentSuffix)[0];
        var content = twins.Machine.Device.Contents(path)!;
        content[70] ^= 1;
        RecordBatchPatch.RenewCrc(content.AsSpan(0, twins.Model.Batches[0].Bytes.Length));
        Overwrite(twins, path, content);
    });

    private static void Fires(string expected, Action<LogTwins> plant)
    {
        var twins = Fill();
        plant(twins);
        var broken = Assert.Throws<LogPromiseBrokenException>(
            () => twins.Do(new LogStep(LogStepKind.Pause, 99)));
        Assert.Contains(expected, broken.Message);
    }

    private static void FiresAfterStop(string expected, Action<LogTwins> plant)
    {
        var twins = Fill();
        twins.Machine.BeforeOpening = _ => plant(twins);
        var broken = Assert.Throws<LogPromiseBrokenException>(
            () => twins.Do(new LogStep(LogStepKind.StopCleanly, 90)));
        Assert.Contains(expected, broken.Message);
    }

    private static LogTwins Fill()
    {
        var twins = new LogTwins(3, Small);
        foreach (var step in LogStep.Parse(Filled))
        {
            twins.Do(step);
        }
        return twins;
    }

    private static List<string> All(LogTwins twins, string suffix) =>
        [.. twins.Machine.Device.FilePaths().Where(path => path.EndsWith(suffix))];

    private static string Newest(LogTwins twins, string suffix) => All(twins, suffix)[^1];

    private static void Overwrite(LogTwins twins, string path, byte[] content) =>
        twins.Machine.Replace(path, content);
}
