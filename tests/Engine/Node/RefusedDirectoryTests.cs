using System.Linq;
using Testbed.Foundation;
using Testbed.Sim;
using Testbed.Tests.Engine.Log;
using Testbed.Wire;
using Testbed.Wire.Messages;
using Xunit;

namespace Testbed.Tests.Engine.Node;

/// <summary>A node with two log directories, one of which the disk refuses when the node starts.</summary>
public sealed class RefusedDirectoryTests
{
    private const int PartitionCount = 12;
    private const int Metadata = 0;    // the directory that has the metadata log
    private const int Other = 1;
    private static readonly NodeId Broker = new(1);

    [Theory]
    [InlineData(DiskRequestKind.Open)]      // meta.properties cannot be read
    [InlineData(DiskRequestKind.List)]      // nobody knows what is in it
    [InlineData(DiskRequestKind.Delete)]    // the marker of a clean stop cannot be taken away
    public void The_node_lives_on_with_the_other_one(DiskRequestKind refused)
    {
        var bench = Bench();
        var onOther = Enumerable.Range(0, PartitionCount).Where(index => IsOnOther(bench, index)).ToList();
        Assert.InRange(onOther.Count, 2, PartitionCount - 2);
        bench.World.Node(Broker).Disks[Other].Faults = new FailingRequests(refused);
        bench.Restart();

        Assert.True(bench.Outcome!.Value.IsReady);
        var client = bench.Connect();
        for (var index = 0; index < PartitionCount; index++)
        {
            var expected = onOther.Contains(index) ? ErrorCode.KafkaStorageError : ErrorCode.None;
            Assert.Equal(expected, Produce(bench, client, index));
        }
        bench.CreateTopic(client, "later", PartitionCount);
        Assert.All(
            Enumerable.Range(0, PartitionCount),
            index => Assert.Equal(ErrorCode.None, Produce(bench, client, index, "later")));

        bench.World.Node(Broker).Disks[Other].Faults = null;
        bench.Restart();
        client = bench.Connect();
        Assert.All(
            Enumerable.Range(0, PartitionCount),
            index => Assert.Equal(ErrorCode.None, Produce(bench, client, index)));
    }

    [Theory]
    [InlineData(DiskRequestKind.Open)]
    [InlineData(DiskRequestKind.List)]
    [InlineData(DiskRequestKind.Delete)]
    public void Without_the_directory_of_the_metadata_it_does_not_start_and_changes_nothing(
        DiskRequestKind refused)
    {
        var bench = Bench();
        var device = bench.World.Node(Broker).Disks[Metadata];
        bench.Stop();
        device.Faults = new FailingRequests(refused);
        bench.Crash(CrashKind.Process);

        Assert.False(bench.Outcome!.Value.IsReady);
        Assert.Contains("log.dirs: one", bench.Outcome.Value.Problem!);
        // The marker of the clean stop is there still.
        Assert.Contains(".kafka_cleanshutdown", bench.World.Node(Broker).Disks[Other].FilePaths());
        device.Faults = null;
        bench.Crash(CrashKind.Process);
        Assert.True(bench.Outcome!.Value.IsReady);
    }

    [Fact]
    public void A_new_directory_that_cannot_be_written_is_left_out()
    {
        var faults = new RefusedRequests(
            IoStatus.NoSpace, request => request is { Disk: "two", Kind: DiskRequestKind.Write });
        var bench = new NodeBench(1, faults, "log.dirs=one,two");

        Assert.True(bench.Outcome!.Value.IsReady);
        var client = bench.Connect();
        bench.CreateTopic(client, "t", PartitionCount);
        Assert.Equal(ErrorCode.None, Produce(bench, client, 0));
        Assert.DoesNotContain("t-0/partition.metadata", bench.World.Node(Broker).Disks[Other].FilePaths());
    }

    private static NodeBench Bench()
    {
        var bench = new NodeBench(1, "log.dirs=one,two");
        bench.CreateTopic(bench.Connect(), "t", PartitionCount);
        return bench;
    }

    private static bool IsOnOther(NodeBench bench, int partition) => bench.World.Node(Broker).Disks[Other]
        .FilePaths().Contains($"t-{partition}/partition.metadata");

    private static ErrorCode Produce(NodeBench bench, RawClient client, int partition, string topic = "t") =>
        bench.Ask<ProduceResponse>(client, bench.Produce(topic, "b", partition: partition), 9)
            .Responses[0].PartitionResponses[0].ErrorCode;
}
