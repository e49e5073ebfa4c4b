using System.Collections.Generic;
using System.Linq;
using System.Text;
using Testbed.Foundation;
using Testbed.Sim;
using Testbed.Tests.Engine.Log;
using Testbed.Wire;
using Testbed.Wire.Messages;
using Testbed.Wire.Records;
using Xunit;

namespace Testbed.Tests.Engine.Node;

/// <summary>What a node does with its logs from time to time, when it stops and when a disk fails.</summary>
public sealed class LogKeepingTests
{
    private const string Marker = ".kafka_cleanshutdown";
    private static readonly NodeId Broker = new(1);

    [Fact]
    public void A_clean_stop_leaves_the_marker_and_the_next_start_takes_it_away()
    {
        var bench = new NodeBench(1);
        var client = bench.Connect();
        bench.CreateTopic(client, "t", 2);
        bench.Ask<ProduceResponse>(client, bench.Produce("t", "a"), 9);
        bench.Restart();

        Assert.DoesNotContain(Marker, Device(bench).FilePaths());
        Assert.Equal("0\n2\nt 0 1\nt 1 0\n", Text(bench, "recovery-point-offset-checkpoint"));
        Assert.Equal("0\n2\nt 0 1\nt 1 0\n", Text(bench, "replication-offset-checkpoint"));
        Assert.Equal(["a"], Fetched(bench, bench.Connect(), "t"));
        Assert.Equal(0, Examinations(bench));
    }

    [Theory]
    [InlineData(IoStatus.TooManyOpen)]
    [InlineData(IoStatus.NoSpace)]
    public void A_directory_with_a_log_that_could_not_be_flushed_gets_no_marker(IoStatus refusal)
    {
        var bench = new NodeBench(1, "log.dirs=one,two");
        var client = bench.Connect();
        bench.CreateTopic(client, "t", 12);
        for (var index = 0; index < 12; index++)
        {
            Assert.Equal(ErrorCode.None, Produce(bench, client, index));
        }
        var disks = bench.World.Node(Broker).Disks;
        disks[1].Faults = new RefusedRequests(refusal, static request => request.Path.EndsWith("index"));
        bench.Stop();

        Assert.Contains(Marker, disks[0].FilePaths());
        Assert.DoesNotContain(Marker, disks[1].FilePaths());
    }

    [Fact]
    public void A_node_that_crashed_leaves_no_marker_and_examines_its_logs()
    {
        var bench = new NodeBench(1);
        var client = bench.Connect();
        bench.CreateTopic(client, "t");
        bench.Ask<ProduceResponse>(client, bench.Produce("t", "a"), 9);
        bench.Restart();
        bench.Ask<ProduceResponse>(bench.Connect(), bench.Produce("t", "b"), 9);
        bench.Crash(CrashKind.Process);

        Assert.Equal(["a", "b"], Fetched(bench, bench.Connect(), "t"));
    }

    [Fact]
    public void A_disk_that_fails_takes_all_its_partitions_and_no_other_directorys()
    {
        var bench = new NodeBench(1, "log.dirs=one,two");
        var client = bench.Connect();
        bench.CreateTopic(client, "t", 12);
        var onTwo = Enumerable.Range(0, 12).Where(index => IsOn(bench, 1, index)).ToList();
        Assert.InRange(onTwo.Count, 2, 10);
        bench.World.Node(Broker).Disks[1].Faults = new FailingRequests(DiskRequestKind.Write, count: 1);
        Assert.Equal(ErrorCode.KafkaStorageError, Produce(bench, client, onTwo[0]));

        for (var index = 0; index < 12; index++)
        {
            var expected = onTwo.Contains(index) ? ErrorCode.KafkaStorageError : ErrorCode.None;
            Assert.Equal(expected, Produce(bench, client, index));
        }
        // What is made from now on is placed on the disk that works.
        bench.CreateTopic(client, "later", 12);
        Assert.All(
            Enumerable.Range(0, 12),
            index => Assert.Equal(ErrorCode.None, Produce(bench, client, index, "later")));
        bench.World.Node(Broker).Disks[1].Faults = null;
        bench.Crash(CrashKind.Process);
        client = bench.Connect();
        Assert.All(
            Enumerable.Range(0, 12), index => Assert.Equal(ErrorCode.None, Produce(bench, client, index)));
    }

    [Fact]
    public void Segments_with_old_records_only_are_deleted_and_their_files_a_while_later()
    {
        var bench = new NodeBench(
            1, "log.retention.check.interval.ms=1000", "log.segment.delete.delay.ms=5000");
        var client = bench.Connect();
        bench.CreateTopic(client, "t", 1, "retention.ms=60000", "segment.bytes=1048576");
        for (var i = 0; i < 4; i++)
        {
            var value = new string((char)('a' + i), 700_000);
            bench.Ask<ProduceResponse>(client, bench.Produce("t", value, ageMs: i < 2 ? 100_000 : 0), 9);
        }
        bench.RunForMs(1_500);

        Assert.Equal(2, Earliest(bench, client));
        Assert.Contains(LogPath(0) + ".deleted", Device(bench).FilePaths());
        Assert.Contains(LogPath(2), Device(bench).FilePaths());
        bench.RunForMs(6_000);
        Assert.DoesNotContain(LogPath(0) + ".deleted", Device(bench).FilePaths());
        bench.Crash(CrashKind.PowerCut);
        Assert.Equal(2, Earliest(bench, bench.Connect()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Records_without_a_time_are_as_old_as_their_file(bool isStarted)
    {
        var bench = new NodeBench(1, "log.retention.check.interval.ms=1000");
        var client = bench.Connect();
        bench.CreateTopic(client, "t", 1, "retention.ms=30000");
        bench.Ask<ProduceResponse>(client, bench.Produce("t", "a", ageMs: bench.ClientWallMs + 1), 9);
        bench.RunForMs(20_000);
        Assert.Equal(0, Earliest(bench, client));
        if (isStarted)
        {
            bench.Restart();
            client = bench.Connect();
        }
        bench.RunForMs(20_000);

        Assert.Equal(1, Earliest(bench, client));
    }

    [Fact]
    public void Records_go_from_a_topic_nobody_writes_to_any_more()
    {
        var bench = new NodeBench(1, "log.retention.check.interval.ms=1000");
        var client = bench.Connect();
        bench.CreateTopic(client, "t", 1, "retention.ms=60000");
        bench.Ask<ProduceResponse>(client, bench.Produce("t", "a", ageMs: 50_000), 9);
        bench.RunForMs(2_000);
        Assert.Equal(0, Earliest(bench, client));
        bench.RunForMs(20_000);

        Assert.Equal(1, Earliest(bench, client));
        bench.Crash(CrashKind.PowerCut);
        client = bench.Connect();
        Assert.Equal(1, Earliest(bench, client));
        var next = bench.Ask<ProduceResponse>(client, bench.Produce("t", "b"), 9);
        Assert.Equal(1, next.Responses[0].PartitionResponses[0].BaseOffset);
    }

    [Fact]
    public void A_compacted_topic_keeps_the_last_value_of_every_key()
    {
        var bench = new NodeBench(1, "log.cleaner.backoff.ms=1000", "log.durability=fsync");
        var client = bench.Connect();
        bench.CreateTopic(
            client,
            "t",
            1,
            "cleanup.policy=compact",
            "segment.bytes=1048576",
            "min.cleanable.dirty.ratio=0.01");
        for (var i = 0; i < 12; i++)
        {
            var value = new string((char)('a' + i), 300_000);
            bench.Ask<ProduceResponse>(client, bench.Produce("t", value, key: $"k{i % 2}"), 9);
        }
        bench.RunForMs(5_000);

        Assert.Equal(0, Earliest(bench, client));
        var left = Fetched(bench, client, "t").Select(static value => value[0]).ToList();
        Assert.True(left.Count < 12, $"{left.Count} records are left");
        Assert.Equal(['k', 'l'], left.TakeLast(2));
        bench.Crash(CrashKind.PowerCut);
        Assert.Equal(left, Fetched(bench, bench.Connect(), "t").Select(static value => value[0]));
    }

    [Theory]
    [InlineData(IoStatus.NoSpace)]
    [InlineData(IoStatus.TooManyOpen)]
    public void A_log_that_cannot_be_compacted_now_keeps_no_other_waiting(IoStatus refusal)
    {
        var bench = new NodeBench(1, "log.cleaner.backoff.ms=1000");
        var client = bench.Connect();
        foreach (var topic in new[] { "dirtier", "other" })
        {
            bench.CreateTopic(
                client,
                topic,
                1,
                "cleanup.policy=compact",
                "segment.bytes=1048576",
                "min.compaction.lag.ms=2000",
                "min.cleanable.dirty.ratio=0.01");
            var value = new string('v', 300_000);
            for (var i = 0; i < (topic == "other" ? 8 : 12); i++)
            {
                bench.Ask<ProduceResponse>(client, bench.Produce(topic, value, key: "k"), 9);
            }
        }
        Device(bench).Faults = new RefusedRequests(
            refusal,
            static request => request.Path.StartsWith("dirtier-0/") && request.Path.Contains(".cleaned"));
        bench.RunForMs(10_000);

        Assert.Equal(12, Fetched(bench, client, "dirtier").Count);
        Assert.InRange(Fetched(bench, client, "other").Count, 1, 4);
        // And when the disk takes it again, it is compacted too.
        Device(bench).Faults = null;
        bench.RunForMs(5_000);
        Assert.InRange(Fetched(bench, client, "dirtier").Count, 1, 4);
    }

    private static string LogPath(long offset) => $"t-0/{offset:D20}.log";

    private static bool IsOn(NodeBench bench, int disk, int partition) => bench.World.Node(Broker).Disks[disk]
        .FilePaths().Contains($"t-{partition}/partition.metadata");

    private static ErrorCode Produce(NodeBench bench, RawClient client, int partition, string topic = "t") =>
        bench.Ask<ProduceResponse>(client, bench.Produce(topic, "b", partition: partition), 9)
            .Responses[0].PartitionResponses[0].ErrorCode;

    private static long Earliest(NodeBench bench, RawClient client)
    {
        var part = new ListOffsetsRequestPartition { Timestamp = -2 };
        var request = new ListOffsetsRequest
        {
            ReplicaId = -1,
            Topics = [new ListOffsetsRequestTopic { Name = "t", Partitions = [part] }],
        };
        return bench.Ask<ListOffsetsResponse>(client, request, 7).Topics[0].Partitions[0].Offset;
    }

    private static List<string> Fetched(NodeBench bench, RawClient client, string topic)
    {
        var values = new List<string>();
        var next = 0L;
        while (true)
        {
            var part = bench.Ask<FetchResponse>(client, NodeBench.Fetch(topic, next, waitMs: 0), 12)
                .Responses[0].Partitions[0];
            Assert.Equal(ErrorCode.None, part.ErrorCode);
            if (part.Records.SizeBytes == 0)
            {
                return values;
            }
            var batches = new RecordBatchReader(part.Records.Memory.Span);
            while (batches.TryRead(out var batch))
            {
                var records = new RecordReader(batch.Body, batch.RecordsCount);
                while (records.TryRead(out var record))
                {
                    values.Add(Encoding.UTF8.GetString(record.Value.Bytes));
                }
                next = batch.LastOffset + 1;
            }
        }
    }

    private static int Examinations(NodeBench bench) =>
        bench.World.Trace.Marks.ContainsKey("clean-stop-not-believed") ? 1 : 0;

    private static string Text(NodeBench bench, string path) =>
        Encoding.UTF8.GetString(Device(bench).Contents(path)!);

    private static SimDisk Device(NodeBench bench) => bench.World.Node(Broker).Disks[0];
}
