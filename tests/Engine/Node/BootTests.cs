using Testbed.Foundation;
using Testbed.Sim;
using Testbed.Wire;
using Testbed.Wire.Messages;
using Xunit;

namespace Testbed.Tests.Engine.Node;

public sealed class BootTests
{
    [Theory]
    [InlineData(CrashKind.Process)]
    [InlineData(CrashKind.PowerCut)]
    public void Topics_their_ids_and_the_cluster_outlive_any_crash(CrashKind kind)
    {
        for (ulong seed = 1; seed <= 10; seed++)
        {
            var bench = new NodeBench(seed);
            var client = bench.Connect();
            bench.CreateTopic(client, "t", 3);
            var before = bench.Ask<MetadataResponse>(client, new MetadataRequest { Topics = null }, 12);
            bench.Crash(kind);

            Assert.True(bench.Outcome!.Value.IsReady, bench.Outcome.Value.Problem);
            var after =
                bench.Ask<MetadataResponse>(bench.Connect(), new MetadataRequest { Topics = null }, 12);
            Assert.Equal(before.ClusterId, after.ClusterId);
            Assert.Equal(before.Topics[0].TopicId, after.Topics[0].TopicId);
            Assert.Equal(3, after.Topics[0].Partitions.Count);
        }
    }

    [Fact]
    public void Every_start_elects_a_leader_of_a_new_epoch()
    {
        var bench = new NodeBench(1);
        bench.CreateTopic(bench.Connect(), "t");
        bench.Crash(CrashKind.Process);
        bench.Crash(CrashKind.Process);

        var metadata =
            bench.Ask<MetadataResponse>(bench.Connect(), new MetadataRequest { Topics = null }, 12);

        Assert.Equal(2, metadata.Topics[0].Partitions[0].LeaderEpoch);
    }

    [Fact]
    public void A_deleted_topic_stays_deleted_and_a_new_one_of_its_name_is_empty()
    {
        var bench = new NodeBench(1);
        var client = bench.Connect();
        bench.CreateTopic(client, "t");
        bench.Ask<ProduceResponse>(client, bench.Produce("t", "old"), 9);
        var delete =
            new DeleteTopicsRequest { Topics = [new DeleteTopicsRequestDeleteTopicState { Name = "t" }] };
        Assert.Equal(
            ErrorCode.None, bench.Ask<DeleteTopicsResponse>(client, delete, 6).Responses[0].ErrorCode);
        bench.CreateTopic(client, "t");
        bench.Crash(CrashKind.PowerCut);

        client = bench.Connect();
        var fetched = bench.Ask<FetchResponse>(client, NodeBench.Fetch("t", 0, waitMs: 0), 12);

        Assert.Equal(0, fetched.Responses[0].Partitions[0].HighWatermark);
    }

    [Fact]
    public void Producer_ids_are_never_given_twice()
    {
        var bench = new NodeBench(1);
        var last = -1L;
        for (var i = 0; i < 4; i++)
        {
            var client = bench.Connect();
            for (var j = 0; j < 3; j++)
            {
                var request = new InitProducerIdRequest { TransactionalId = null };
                var answer = bench.Ask<InitProducerIdResponse>(client, request, 4);
                Assert.Equal(ErrorCode.None, answer.ErrorCode);
                Assert.True(answer.ProducerId > last);
                last = answer.ProducerId;
            }
            bench.Crash(CrashKind.PowerCut);
        }
    }

    [Fact]
    public void A_disk_that_fails_takes_its_partitions_offline_and_the_node_lives_on()
    {
        var bench = new NodeBench(1);
        var client = bench.Connect();
        bench.CreateTopic(client, "t");
        bench.World.Node(new NodeId(1)).Disks[0].Faults = new Log.FailingRequests(DiskRequestKind.Write);

        var failed = bench.Ask<ProduceResponse>(client, bench.Produce("t", "a"), 9);
        var again = bench.Ask<ProduceResponse>(client, bench.Produce("t", "b"), 9);
        var metadata = bench.Ask<MetadataResponse>(client, new MetadataRequest { Topics = [] }, 12);

        Assert.Equal(ErrorCode.KafkaStorageError, failed.Responses[0].PartitionResponses[0].ErrorCode);
        Assert.Equal(ErrorCode.KafkaStorageError, again.Responses[0].PartitionResponses[0].ErrorCode);
        Assert.Single(metadata.Brokers);
    }
}
