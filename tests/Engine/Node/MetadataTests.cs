using System.Linq;
using Testbed.Wire;
using Testbed.Wire.Messages;
using Xunit;

namespace Testbed.Tests.Engine.Node;

/// <summary>What clients are told of topics while these are being made; the rest is a transcript.</summary>
public sealed class MetadataTests
{
    private const int PartitionCount = 12;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_new_topic_is_not_there_or_there_with_all_its_partitions_and_serves(ulong seed)
    {
        var bench = new NodeBench(seed);
        var maker = bench.Connect();
        var reader = bench.Connect();
        maker.Send(NodeBench.Creation("t", PartitionCount), 7, correlationId: 0);

        var waits = 0;
        var told = Ask(bench, reader);
        while (told.ErrorCode == ErrorCode.UnknownTopicOrPartition)
        {
            Assert.Empty(told.Partitions);
            Assert.True(waits++ < 10_000, "the topic never appears");
            told = Ask(bench, reader);
        }

        Assert.True(waits > 0, "nobody has looked before the topic was there");
        Assert.Equal(
            Enumerable.Range(0, PartitionCount), told.Partitions.Select(static part => part.PartitionIndex));
        for (var i = 0; i < PartitionCount; i++)
        {
            var request = bench.Produce("t", "a");
            request.TopicData[0].PartitionData[0].Index = i;
            var answer = bench.Ask<ProduceResponse>(reader, request, 9).Responses[0].PartitionResponses[0];
            Assert.Equal(ErrorCode.None, answer.ErrorCode);
        }
    }

    [Fact]
    public void Added_partitions_are_told_all_at_once()
    {
        var bench = new NodeBench(1);
        var maker = bench.Connect();
        var reader = bench.Connect();
        bench.CreateTopic(maker, "t", 2);
        var wish =
            new CreatePartitionsRequestTopic { Name = "t", Count = PartitionCount, Assignments = null };
        maker.Answers.Clear();
        maker.Send(new CreatePartitionsRequest { Topics = [wish] }, 3, correlationId: 0);

        var counts = Enumerable.Range(0, 200).Select(_ => Ask(bench, reader).Partitions.Count).Distinct();

        Assert.Equal([2, PartitionCount], counts);
    }

    [Fact]
    public void A_topic_made_for_a_client_is_there_complete_when_it_appears()
    {
        var bench = new NodeBench(1, "num.partitions=6");
        var client = bench.Connect();
        var request = Asking();
        request.AllowAutoTopicCreation = true;

        var told = bench.Ask<MetadataResponse>(client, request, 12).Topics[0];
        Assert.Equal(ErrorCode.UnknownTopicOrPartition, told.ErrorCode);
        for (var i = 0; i < 10_000 && told.ErrorCode == ErrorCode.UnknownTopicOrPartition; i++)
        {
            told = bench.Ask<MetadataResponse>(client, request, 12).Topics[0];
        }

        Assert.Equal((ErrorCode.None, 6), (told.ErrorCode, told.Partitions.Count));
    }

    private static MetadataResponseTopic Ask(NodeBench bench, RawClient client) =>
        bench.Ask<MetadataResponse>(client, Asking(), 12).Topics[0];

    private static MetadataRequest Asking() =>
        new() { Topics = [new MetadataRequestTopic { Name = "t" }], AllowAutoTopicCreation = false };
}
