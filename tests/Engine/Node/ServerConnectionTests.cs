using System.Buffers.Binary;
using System.Linq;
using Testbed.Foundation;
using Testbed.Wire.Messages;
using Xunit;

namespace Testbed.Tests.Engine.Node;

public sealed class ServerConnectionTests
{
    private const short FetchVersion = 12;
    private const short ProduceVersion = 9;

    [Fact]
    public void Pipelined_requests_are_answered_in_order_whatever_they_wait_for()
    {
        var bench = new NodeBench(1);
        var client = bench.Connect();
        bench.CreateTopic(client, "t");
        client.Answers.Clear();

        client.Send(NodeBench.Fetch("t", 0, waitMs: 500), FetchVersion, 1);
        client.Send(bench.Produce("t", "a"), ProduceVersion, 2);
        client.Send(new MetadataRequest { Topics = [] }, 12, 3);
        bench.Until(() => client.Answers.Count == 3);

        Assert.Equal([1, 2, 3], Enumerable.Range(0, 3).Select(client.CorrelationIdOf));
    }

    [Fact]
    public void A_request_behind_a_long_poll_starts_only_after_it()
    {
        var bench = new NodeBench(1);
        var client = bench.Connect();
        bench.CreateTopic(client, "t");
        client.Answers.Clear();

        client.Send(NodeBench.Fetch("t", 0, waitMs: 500), FetchVersion, 1);
        client.Send(bench.Produce("t", "a"), ProduceVersion, 2);
        bench.Until(() => client.Answers.Count == 2);

        var fetched = client.Read<FetchResponse>(0, FetchVersion).Responses[0].Partitions[0];
        Assert.Equal(0, fetched.HighWatermark);
    }

    [Fact]
    public void A_produce_on_one_connection_wakes_the_long_poll_of_another()
    {
        var bench = new NodeBench(1);
        var reader = bench.Connect();
        var writer = bench.Connect();
        bench.CreateTopic(writer, "t");
        reader.Send(NodeBench.Fetch("t", 0, waitMs: 30_000), FetchVersion, 1);
        bench.RunForMs(200);
        Assert.Empty(reader.Answers);

        var before = bench.World.Now;
        bench.Ask<ProduceResponse>(writer, bench.Produce("t", "a"), ProduceVersion);
        bench.Until(() => reader.Answers.Count == 1);

        Assert.True(bench.World.Now.MsSince(before) < 1_000);
        Assert.True(
            reader.Read<FetchResponse>(0, FetchVersion).Responses[0].Partitions[0].Records.SizeBytes > 0);
    }

    [Fact]
    public void Garbage_closes_its_connection_and_no_other()
    {
        var bench = new NodeBench(1);
        var good = bench.Connect();
        var bad = bench.Connect();
        var before = bench.BrokerLeases;

        bad.Send([0, 0, 0, 5, 1, 2, 3, 4, 5]);
        bench.Until(() => bad.Closed is not null);

        Assert.Single(bench.Ask<MetadataResponse>(good, new MetadataRequest { Topics = [] }, 12).Brokers);
        Assert.Equal(before, bench.BrokerLeases);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    [InlineData(1_000_001)]
    public void A_length_that_no_request_may_have_closes_at_once(int length)
    {
        var bench = new NodeBench(1, "socket.request.max.bytes=1000000");
        var client = bench.Connect();

        var frame = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(frame, length);
        client.Send(frame);
        bench.Until(() => client.Closed is not null);
    }

    [Fact]
    public void Acks_zero_has_no_answer_and_an_error_closes()
    {
        var bench = new NodeBench(1);
        var client = bench.Connect();
        bench.CreateTopic(client, "t");
        client.Answers.Clear();

        client.Send(bench.Produce("t", "a", acks: 0), ProduceVersion, 1);
        client.Send(new MetadataRequest { Topics = [] }, 12, 2);
        bench.Until(() => client.Answers.Count == 1);
        Assert.Equal(2, client.CorrelationIdOf(0));

        client.Send(bench.Produce("unknown", "a", acks: 0), ProduceVersion, 3);
        bench.Until(() => client.Closed is not null);
    }

    [Fact]
    public void An_idle_connection_is_closed_and_a_busy_one_is_not()
    {
        var bench = new NodeBench(1, "connections.max.idle.ms=5000");
        var idle = bench.Connect();
        var busy = bench.Connect();
        for (var i = 0; i < 8; i++)
        {
            bench.RunForMs(1_000);
            bench.Ask<MetadataResponse>(busy, new MetadataRequest { Topics = [] }, 12);
        }

        Assert.NotNull(idle.Closed);
        Assert.Null(busy.Closed);
    }

    [Fact]
    public void A_client_that_does_not_read_is_held_back_and_served_later()
    {
        var bench = new NodeBench(1);
        var client = bench.Connect();
        bench.CreateTopic(client, "t");
        client.Answers.Clear();
        client.IsReading = false;
        for (var i = 0; i < 600; i++)
        {
            client.Send(new DescribeConfigsRequest { Resources = [Broker()] }, 4, i);
        }
        bench.RunForMs(2_000);
        Assert.Contains("server-connection-held-back", bench.World.Trace.Marks.Keys);

        client.IsReading = true;
        bench.Until(() => client.Answers.Count == 600);
        Assert.Equal(Enumerable.Range(0, 600), Enumerable.Range(0, 600).Select(client.CorrelationIdOf));
    }

    [Fact]
    public void A_connection_that_goes_away_takes_its_waiting_requests_along()
    {
        var bench = new NodeBench(1);
        var client = bench.Connect();
        bench.CreateTopic(client, "t");
        var before = bench.BrokerLeases;
        client.Send(NodeBench.Fetch("t", 0, waitMs: int.MaxValue), FetchVersion, 1);
        bench.RunForMs(100);
        Assert.True(bench.BrokerLeases > before);

        bench.World.Network.ResetConnections(new NodeId(1), new NodeId(2));
        bench.RunForMs(100);

        Assert.Equal(before, bench.BrokerLeases);
    }

    private static DescribeConfigsRequestResource Broker() =>
        new() { ResourceType = 4, ResourceName = "1", ConfigurationKeys = null };
}
