using System.Linq;
using Testbed.Sim;
using Testbed.Wire;
using Testbed.Wire.Messages;
using Xunit;

namespace Testbed.Tests.Engine.Node;

/// <summary>What DeleteRecords has cut off stays cut off, and nothing else does.</summary>
public sealed class DeleteRecordsTests
{
    private const int PartitionCount = 8;

    [Theory]
    [InlineData(CrashKind.Process)]
    [InlineData(CrashKind.PowerCut)]
    public void Deletions_at_the_same_time_all_succeed_and_outlive_a_crash(CrashKind kind)
    {
        var bench = new NodeBench(1, "log.durability=fsync");
        var setup = bench.Connect();
        bench.CreateTopic(setup, "t", PartitionCount);
        var clients = Enumerable.Range(0, PartitionCount).Select(_ => bench.Connect()).ToList();
        for (var i = 0; i < PartitionCount; i++)
        {
            Fill(bench, setup, "t", i);
        }

        for (var i = 0; i < PartitionCount; i++)
        {
            clients[i].Send(Deletion("t", i, offset: 2), 2, correlationId: 0);
        }
        bench.Until(() => clients.TrueForAll(static client => client.Answers.Count == 1));

        foreach (var client in clients)
        {
            var result = client.Read<DeleteRecordsResponse>(0, 2).Topics[0].Partitions[0];
            Assert.Equal((ErrorCode.None, 2L), (result.ErrorCode, result.LowWatermark));
        }
        bench.Crash(kind);
        setup = bench.Connect();
        Assert.All(Enumerable.Range(0, PartitionCount), i => Assert.Equal(2, Start(bench, setup, "t", i)));
    }

    [Fact]
    public void A_new_topic_does_not_begin_where_a_deleted_one_of_its_name_did()
    {
        var bench = new NodeBench(1);
        var client = bench.Connect();
        bench.CreateTopic(client, "t");
        Fill(bench, client, "t", 0);
        bench.Ask<DeleteRecordsResponse>(client, Deletion("t", 0, offset: 2), 2);
        var delete =
            new DeleteTopicsRequest { Topics = [new DeleteTopicsRequestDeleteTopicState { Name = "t" }] };
        bench.Ask<DeleteTopicsResponse>(client, delete, 6);
        bench.CreateTopic(client, "t");
        Fill(bench, client, "t", 0);

        bench.Crash(CrashKind.Process);

        Assert.Equal(0, Start(bench, bench.Connect(), "t", 0));
    }

    private static void Fill(NodeBench bench, RawClient client, string topic, int partition)
    {
        for (var i = 0; i < 3; i++)
        {
            var request = bench.Produce(topic, $"{i}");
            request.TopicData[0].PartitionData[0].Index = partition;
            var answer = bench.Ask<ProduceResponse>(client, request, 9);
            Assert.Equal(ErrorCode.None, answer.Responses[0].PartitionResponses[0].ErrorCode);
        }
    }

    private static DeleteRecordsRequest Deletion(string topic, int partition, long offset)
    {
        var part = new DeleteRecordsRequestPartition { PartitionIndex = partition, Offset = offset };
        return new DeleteRecordsRequest
        {
            Topics = [new DeleteRecordsRequestTopic { Name = topic, Partitions = [part] }],
            TimeoutMs = 5_000,
        };
    }

    private static long Start(NodeBench bench, RawClient client, string topic, int partition)
    {
        const long Earliest = -2;
        var part = new ListOffsetsRequestPartition { PartitionIndex = partition, Timestamp = Earliest };
        var request = new ListOffsetsRequest
        {
            ReplicaId = -1,
            Topics = [new ListOffsetsRequestTopic { Name = topic, Partitions = [part] }],
        };
        var answer = bench.Ask<ListOffsetsResponse>(client, request, 7).Topics[0].Partitions[0];
        Assert.Equal(ErrorCode.None, answer.ErrorCode);
        return answer.Offset;
    }
}
