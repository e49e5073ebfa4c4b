using System.Linq;
using Testbed.Foundation;
using Testbed.Wire;
using Testbed.Wire.Messages;
using Xunit;

namespace Testbed.Tests.Engine.Node;

/// <summary>When and whether a produce is answered; what it is answered is a transcript.</summary>
public sealed class ProduceTests
{
    private const short Version = 9;

    private readonly NodeBench _bench = new(1);

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void An_acknowledged_record_can_be_fetched_at_its_offset(short acks)
    {
        var client = _bench.Connect();
        _bench.CreateTopic(client, "t");

        for (var i = 0; i < 3; i++)
        {
            var answer = _bench.Ask<ProduceResponse>(client, _bench.Produce("t", $"{i}", acks), Version)
                .Responses[0].PartitionResponses[0];
            Assert.Equal((ErrorCode.None, (long)i), (answer.ErrorCode, answer.BaseOffset));
            Assert.Equal((-1L, 0L), (answer.LogAppendTimeMs, answer.LogStartOffset));
            Assert.Equal(i + 1, End(client));
        }
    }

    [Fact]
    public void Acks_zero_appends_without_an_answer()
    {
        var client = _bench.Connect();
        _bench.CreateTopic(client, "t");
        client.Answers.Clear();

        client.Send(_bench.Produce("t", "a", acks: 0), Version, 1);
        client.Send(_bench.Produce("t", "b", acks: 0), Version, 2);
        _bench.RunForMs(1_000);

        Assert.Empty(client.Answers);
        Assert.True(client.IsOpen);
        Assert.Equal(2, End(client));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void A_client_that_would_not_wait_for_followers_still_hears_of_the_write(short acks)
    {
        var client = _bench.Connect();
        _bench.CreateTopic(client, "t");
        var request = _bench.Produce("t", "a", acks);
        request.TimeoutMs = 0;

        var answer = _bench.Ask<ProduceResponse>(client, request, Version).Responses[0].PartitionResponses[0];

        Assert.Equal((ErrorCode.None, 0L), (answer.ErrorCode, answer.BaseOffset));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(14)]
    public void A_version_without_record_batches_or_beyond_ours_closes_the_connection(short version)
    {
        var client = _bench.Connect();
        var before = _bench.BrokerLeases;

        // Key 0, version, correlation id 1, no client id, acks 1, timeout 1000, no topics.
        client.Send([
            0, 0, 0, 20, 0, 0, 0, (byte)version, 0, 0, 0, 1, 255, 255, 0, 1, 0, 0, 3, 232, 0, 0, 0, 0,
        ]);
        _bench.Until(() => client.Closed is not null);

        Assert.Empty(client.Answers);
        _bench.RunForMs(100);
        Assert.True(_bench.BrokerLeases <= before);
    }

    [Fact]
    public void One_bad_partition_does_not_keep_the_others_from_being_appended()
    {
        var client = _bench.Connect();
        _bench.CreateTopic(client, "t", 2);
        var request = _bench.Produce("t", "a");
        var spoilt = _bench.Produce("t", "b").TopicData[0].PartitionData[0];
        var bytes = spoilt.Records.Memory.ToArray();
        bytes[^1] ^= 1;    // no longer what the CRC was made of
        spoilt.Records = RecordData.Copied(bytes);
        spoilt.Index = 1;
        request.TopicData[0].PartitionData.Add(spoilt);

        var answers = _bench.Ask<ProduceResponse>(client, request, Version).Responses[0].PartitionResponses;

        Assert.Equal(
            [(0, ErrorCode.None, 0L), (1, ErrorCode.CorruptMessage, -1L)],
            answers.Select(static answer => (answer.Index, answer.ErrorCode, answer.BaseOffset)));
    }

    [Fact]
    public void A_disk_that_hangs_is_answered_when_the_clients_time_is_up_and_the_batch_counts_later()
    {
        var client = _bench.Connect();
        var other = _bench.Connect();
        _bench.CreateTopic(client, "t");
        var disk = _bench.World.Node(new NodeId(1)).Disks[0];
        var before = _bench.World.Now;
        disk.Faults = new SlowWrites(20_000);

        var answer = _bench.Ask<ProduceResponse>(client, _bench.Produce("t", "a"), Version)
            .Responses[0].PartitionResponses[0];

        Assert.Equal((ErrorCode.RequestTimedOut, -1L), (answer.ErrorCode, answer.BaseOffset));
        Assert.InRange(_bench.World.Now.MsSince(before), 5_000, 5_100);
        _bench.RunForMs(20_000);
        Assert.Equal(1, End(other));
    }

    private long End(RawClient client) =>
        _bench.Ask<FetchResponse>(client, NodeBench.Fetch("t", 0, waitMs: 0), 12)
            .Responses[0].Partitions[0].HighWatermark;
}
