using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Wire.Records;
using Xunit;

namespace Testbed.Tests.Engine.Log.Formats;

/// <summary>
/// Logs that Kafka wrote, replayed batch by batch: the aborted transactions and the producers' state come out
/// as in Kafka's own files.
/// </summary>
public sealed class TransactionReplayTests
{
    private const int SnapshotRowsStart = 10;

    public static TheoryData<string> Folders => new(GoldenLogs.Segments
        .Where(static file => !file.Path.StartsWith("single-damaged/"))
        .Where(static file => file.Folder.Contains("/txn-") || file.Folder.Contains("/plain-")
            || file.Folder.Contains("/replicated-") || file.Folder.Contains("/moving-"))
        .Select(static file => file.Folder).Distinct());

    [Theory]
    [MemberData(nameof(Folders))]
    public void Aborted_transactions_and_snapshots_are_those_of_Kafka(string folder)
    {
        var states = new ProducerStates();
        var compared = 0;
        var end = Offset.Zero;
        foreach (var segment in GoldenLogs.Segments.Where(file => file.Folder == folder))
        {
            var aborted = new AbortedTransactionIndex();
            foreach (var (_, header, bytes) in StoredBatches.Of(segment.Bytes))
            {
                compared += Compare(folder, header.BaseOffset, states);
                end = header.EndOffset;
                if (states.OnAppended(header, bytes, new Instant(0)) is { IsAborted: true } completed)
                {
                    aborted.Add(completed.ToAborted());
                }
            }
            Assert.Equal(segment.Beside(".txnindex")?.Bytes ?? [], aborted.Bytes.ToArray());
        }
        compared += Compare(folder, end, states);
        Assert.Equal(GoldenLogs.With(".snapshot").Count(file => file.Folder == folder), compared);
    }

    [Fact]
    public void A_control_batch_of_another_kind_or_without_its_record_is_no_marker()
    {
        var segment = GoldenLogs.Find("single-clean/data1/txn-0/00000000000000000000.log")!;
        var batches = StoredBatches.Of(segment.Bytes);
        var marker = batches.First(static batch => batch.Header.Attributes.IsControl).Bytes;
        var data = batches.First(static batch => !batch.Header.Attributes.IsControl).Bytes;
        var leaderChange = StoredBatches.Of(GoldenLogs.Segments
            .First(static file => file.Folder.EndsWith("__cluster_metadata-0")).Bytes)[0];

        Assert.True(BatchMarker.TryRead(marker, out var read));
        Assert.Contains(read.Type, new[] { ControlRecordType.Abort, ControlRecordType.Commit });
        Assert.True(leaderChange.Header.Attributes.IsControl);
        Assert.False(BatchMarker.TryRead(leaderChange.Bytes, out _));
        Assert.False(BatchMarker.TryRead(data, out _));
        Assert.False(BatchMarker.TryRead(marker.AsSpan(0, 70), out _));
        Assert.False(BatchMarker.TryRead(EmptyOf(marker), out _));
    }

    /// <summary>What compaction leaves of a batch when its records are gone.</summary>
    private static byte[] EmptyOf(byte[] batch)
    {
        var empty = batch.AsSpan(0, BatchLayout.Records).ToArray();
        BinaryPrimitives.WriteInt32BigEndian(
            empty.AsSpan(BatchLayout.BatchLength), BatchLayout.Records - BatchLayout.UncountedBytes);
        BinaryPrimitives.WriteInt32BigEndian(empty.AsSpan(BatchLayout.RecordsCount), 0);
        return empty;
    }

    /// <summary>The number of snapshots compared: 0 when there is none at this offset.</summary>
    private static int Compare(string folder, Offset at, ProducerStates states)
    {
        if (GoldenLogs.Find($"{folder}/{at.Value:D20}.snapshot") is not { } snapshot)
        {
            return 0;
        }
        Assert.Equal(Rows(snapshot.Bytes), Rows(ProducerSnapshot.Format(states)));
        return 1;
    }

    /// <summary>
    /// Kafka's rows in hexadecimal, in order of producers: Kafka's order is its hash table's.
    /// </summary>
    private static List<string> Rows(byte[] snapshot) =>
        Enumerable.Range(0, BinaryPrimitives.ReadInt32BigEndian(snapshot.AsSpan(6)))
            .Select(i => Convert.ToHexStringLower(snapshot, SnapshotRowsStart + i * 46, 46))
            .Order(StringComparer.Ordinal)
            .ToList();
}
