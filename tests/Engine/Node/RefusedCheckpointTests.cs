using System.Linq;
using System.Text;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Sim;
using Testbed.Wire;
using Testbed.Wire.Messages;
using Xunit;

namespace Testbed.Tests.Engine.Node;

/// <summary>
/// The disk refuses to rewrite a file of offsets: what it says of a topic that is deleted must not be taken
/// for the next one's of that name.
/// </summary>
public sealed class RefusedCheckpointTests
{
    private const int Metadata = 0;    // the directory that has the metadata log
    private const int Other = 1;
    private static readonly NodeId Broker = new(1);

    [Theory]
    [InlineData(OffsetCheckpoint.LogStartFile)]
    [InlineData(OffsetCheckpoint.RecoveryPointFile)]
    public void A_line_that_cannot_be_taken_out_is_never_another_topics(string file)
    {
        var bench = new NodeBench(1, "log.dirs=one,two", "log.flush.offset.checkpoint.interval.ms=500");
        var client = bench.Connect();
        var disk = TopicOn(bench, client, Other);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(ErrorCode.None, Produce(bench, client));
        }
        DeleteRecords(bench, client);
        bench.RunForMs(2_000);
        Assert.Contains("t 0 ", Encoding.UTF8.GetString(disk.Contents(file)!));
        disk.Faults = new RefusedRequests(IoStatus.NoSpace, request => request.Path.StartsWith(file));
        bench.Ask<DeleteTopicsResponse>(client, NodeBench.Deletion("t"), 6);

        // Its directory is offline: nothing is made there before the line is gone.
        disk.Faults = null;
        TopicOn(bench, client, Metadata);
        Assert.Equal(ErrorCode.None, Produce(bench, client));
        bench.Crash(CrashKind.Process);
        client = bench.Connect();
        Assert.DoesNotContain("t 0 ", Encoding.UTF8.GetString(disk.Contents(file)!));
        Assert.Equal((0L, 1L), (Offset(bench, client, -2), Offset(bench, client, -1)));
    }

    /// <summary>Makes the topic until it lies in this directory, whose disk it gives.</summary>
    private static SimDisk TopicOn(NodeBench bench, RawClient client, int directory)
    {
        var disk = bench.World.Node(Broker).Disks[directory];
        for (var i = 0; i < 20; i++)
        {
            bench.CreateTopic(client, "t", 1, "segment.bytes=1048576");
            if (disk.FilePaths().Contains("t-0/partition.metadata"))
            {
                return disk;
            }
            bench.Ask<DeleteTopicsResponse>(client, NodeBench.Deletion("t"), 6);
        }
        throw new InvariantException("the topic is placed elsewhere");
    }

    private static ErrorCode Produce(NodeBench bench, RawClient client) =>
        bench.Ask<ProduceResponse>(client, bench.Produce("t", "a"), 9)
            .Responses[0].PartitionResponses[0].ErrorCode;

    private static void DeleteRecords(NodeBench bench, RawClient client)
    {
        var part = new DeleteRecordsRequestPartition { PartitionIndex = 0, Offset = 3 };
        var request = new DeleteRecordsRequest
        {
            TimeoutMs = 5_000,
            Topics = [new DeleteRecordsRequestTopic { Name = "t", Partitions = [part] }],
        };
        var answer = bench.Ask<DeleteRecordsResponse>(client, request, 2).Topics[0].Partitions[0];
        Assert.Equal((ErrorCode.None, 3L), (answer.ErrorCode, answer.LowWatermark));
    }

    private static long Offset(NodeBench bench, RawClient client, long timestamp)
    {
        var part = new ListOffsetsRequestPartition { Timestamp = timestamp };
        var request = new ListOffsetsRequest
        {
            ReplicaId = -1,
            Topics = [new ListOffsetsRequestTopic { Name = "t", Partitions = [part] }],
        };
        return bench.Ask<ListOffsetsResponse>(client, request, 7).Topics[0].Partitions[0].Offset;
    }
}
