using System;
using System.Linq;
using Testbed.Foundation;
using Testbed.Sim;
using Testbed.Tests.Engine.Log;
using Testbed.Wire;
using Testbed.Wire.Messages;
using Xunit;

namespace Testbed.Tests.Engine.Node;

/// <summary>What clients see of a disk that is slow, fails or has changed bytes.</summary>
public sealed class StorageTests
{
    private static readonly NodeId Broker = new(1);

    [Fact]
    public void A_fetch_wakes_for_a_batch_that_was_appended_while_another_was_being_written()
    {
        var bench = new NodeBench(1);
        var (first, second, consumer) = (bench.Connect(), bench.Connect(), bench.Connect());
        bench.CreateTopic(first, "t");
        Device(bench).Faults = new SlowRequests(DiskRequestKind.Write, "t-0/", 100);
        consumer.Send(NodeBench.Fetch("t", 0, waitMs: 30_000), 12, 0);
        first.Send(bench.Produce("t", "first"), 9, 0);
        bench.RunForMs(50);
        second.Send(bench.Produce("t", "second"), 9, 0);
        bench.Until(() => consumer.Answers.Count == 1);
        var before = bench.World.Now;

        var answer = bench.Ask<FetchResponse>(consumer, NodeBench.Fetch("t", 1, waitMs: 30_000), 12);

        Assert.True(Size(answer) > 0);
        Assert.True(bench.World.Now < before.PlusMs(5_000), $"answered after {bench.World.Now}");
    }

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    public void A_topic_deleted_at_once_under_a_fetch_harms_nobody(string deleted)
    {
        var bench = new NodeBench(1, "log.segment.delete.delay.ms=0");
        var (consumer, admin) = (bench.Connect(), bench.Connect());
        foreach (var topic in new[] { "a", "b" })
        {
            bench.CreateTopic(admin, topic);
            for (var i = 0; i < 5; i++)
            {
                bench.Ask<ProduceResponse>(admin, bench.Produce(topic, new string('x', 6_000)), 9);
            }
        }
        Device(bench).Faults = new SlowRequests(DiskRequestKind.Read, "b-0/", 2_000);
        var fetch = NodeBench.Fetch("a", 0, waitMs: 0);
        fetch.Topics.Add(NodeBench.Fetch("b", 0, waitMs: 0).Topics[0]);
        fetch.Topics[1].Partitions[0].PartitionMaxBytes = 15_000;
        consumer.Send(fetch, 12, 0);
        bench.RunForMs(100);

        var delete =
            new DeleteTopicsRequest { Topics = [new DeleteTopicsRequestDeleteTopicState { Name = deleted }] };
        bench.Ask<DeleteTopicsResponse>(admin, delete, 6);
        bench.Until(() => consumer.Answers.Count == 1 || consumer.Closed is not null);
        bench.RunForMs(1_000);

        Assert.Null(bench.World.Violation);
        Assert.NotNull(bench.World.Node(Broker).Shard);
        Assert.DoesNotContain(
            Device(bench).FilePaths(), path => path.StartsWith($"{deleted}-0", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(-3)]
    public void A_search_by_time_that_the_disk_fails_is_answered_with_a_storage_error(long timestamp)
    {
        var bench = new NodeBench(1);
        var client = bench.Connect();
        bench.CreateTopic(client, "t");
        bench.Ask<ProduceResponse>(client, bench.Produce("t", "a"), 9);
        Device(bench).Faults = new FailingRequests(DiskRequestKind.Read);
        var part = new ListOffsetsRequestPartition { Timestamp = timestamp };
        var request = new ListOffsetsRequest
        {
            ReplicaId = -1,
            Topics = [new ListOffsetsRequestTopic { Name = "t", Partitions = [part] }],
        };

        var answer = bench.Ask<ListOffsetsResponse>(client, request, 7).Topics[0].Partitions[0];

        Assert.Equal((ErrorCode.KafkaStorageError, -1L), (answer.ErrorCode, answer.Offset));
    }

    [Fact]
    public void A_leader_epoch_beyond_the_metadatas_takes_its_partition_offline_and_no_more()
    {
        const string Path = "t-0/00000000000000000000.log";
        var bench = new NodeBench(1);
        var client = bench.Connect();
        bench.CreateTopic(client, "t");
        bench.CreateTopic(client, "other");
        bench.Ask<ProduceResponse>(client, bench.Produce("t", "a"), 9);
        var disk = bench.World.Node(Broker).Shard!.Disks[0];
        var opened = disk.Open(Path, OpenMode.Existing);
        bench.Until(() => opened.IsCompleted);
        var written = disk.Write(opened.Result.File!, 12, [new byte[] { 0x40 }]);
        bench.Until(() => written.IsCompleted);
        bench.Crash(CrashKind.Process);
        client = bench.Connect();

        Assert.True(bench.Outcome!.Value.IsReady);
        Assert.Equal(ErrorCode.KafkaStorageError, Produce(bench, client, "t"));
        Assert.Equal(ErrorCode.None, Produce(bench, client, "other"));
    }

    private static ErrorCode Produce(NodeBench bench, RawClient client, string topic) =>
        bench.Ask<ProduceResponse>(client, bench.Produce(topic, "b"), 9)
            .Responses[0].PartitionResponses[0].ErrorCode;

    private static SimDisk Device(NodeBench bench) => bench.World.Node(Broker).Disks[0];

    private static int Size(FetchResponse answer) =>
        answer.Responses.Sum(static topic => topic.Partitions.Sum(static part => part.Records.SizeBytes));
}
