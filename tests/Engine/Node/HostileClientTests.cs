using System;
using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Wire;
using Testbed.Wire.Messages;
using Xunit;

namespace Testbed.Tests.Engine.Node;

/// <summary>What a client must not do and still can: it harms nobody but itself.</summary>
public sealed class HostileClientTests
{
    private const short FetchVersion = 12;
    private const short ProduceVersion = 9;

    [Fact]
    public void A_partition_forgotten_on_another_connection_is_not_answered()
    {
        var bench = new NodeBench(1);
        var waiting = bench.Connect();
        bench.CreateTopic(waiting, "t", partitions: 2);
        var session = bench.Ask<FetchResponse>(waiting, OfSession(0, 0, [0, 1]), FetchVersion).SessionId;
        Assert.NotEqual(0, session);
        var answers = waiting.Answers.Count;
        waiting.Send(OfSession(session, 1, []), FetchVersion, 1);
        bench.RunForMs(100);

        var other = bench.Connect();
        var forgets = OfSession(session, 2, []);
        forgets.MaxWaitMs = 0;
        forgets.ForgottenTopicsData.Add(new FetchRequestForgottenTopic { Topic = "t", Partitions = [1] });
        Assert.Equal(ErrorCode.None, bench.Ask<FetchResponse>(other, forgets, FetchVersion).ErrorCode);

        bench.Until(() => waiting.Answers.Count > answers);
        Assert.Equal(ErrorCode.None, waiting.Read<FetchResponse>(answers, FetchVersion).ErrorCode);
    }

    [Fact]
    public void Answers_that_nobody_reads_are_not_made_without_end()
    {
        const int requests = 300;
        var bench = new NodeBench(1);
        var client = bench.Connect();
        CreateWide(bench, client);
        client.Answers.Clear();
        client.IsReading = false;
        var before = bench.BrokerLeases;

        SendAtOnce(client, requests, () => new MetadataRequest { Topics = null });
        bench.RunForMs(10_000);

        Assert.InRange(bench.BrokerLeases - before, 1, 60);
        Assert.Null(client.Closed);
        client.IsReading = true;
        bench.Until(() => client.Answers.Count == requests);
        var order = Enumerable.Range(0, requests);
        Assert.Equal(order, order.Select(client.CorrelationIdOf));
    }

    [Fact]
    public void A_client_that_never_reads_is_idle_and_closed()
    {
        var bench = new NodeBench(1, "connections.max.idle.ms=5000");
        var client = bench.Connect();
        CreateWide(bench, client);
        client.IsReading = false;

        SendAtOnce(client, 300, () => new MetadataRequest { Topics = null });
        bench.RunForMs(20_000);

        Assert.Contains("idle-connection-closed", bench.World.Trace.Marks.Keys);
    }

    [Fact]
    public void Acks_zero_produces_wait_while_the_disk_stands_still()
    {
        const int requests = 1_000;
        var bench = new NodeBench(1);
        var client = bench.Connect();
        bench.CreateTopic(client, "t");
        client.Answers.Clear();
        var disk = StallDisk(bench);
        var value = new string('v', 20_000);

        for (var i = 0; i < requests; i++)
        {
            client.Send(bench.Produce("t", value, acks: 0), ProduceVersion, i);
        }
        bench.RunForMs(10_000);
        Assert.InRange(bench.BrokerLeases, 1, 2 * Limits.RequestsInFlightPerConnection);

        disk.IsStalled = false;
        client.Send(NodeBench.Fetch("t", requests, waitMs: 0), FetchVersion, requests);
        bench.Until(() => client.Answers.Count == 1);
        var end = client.Read<FetchResponse>(0, FetchVersion).Responses[0].Partitions[0].HighWatermark;
        Assert.Equal(requests, end);
    }

    [Fact]
    public void Produces_whose_time_is_up_still_count_while_the_disk_stands_still()
    {
        const int clients = 4;
        const int requests = 120;
        const int valueBytes = 1_000_000;
        var bench = new NodeBench(1);
        var first = bench.Connect();
        bench.CreateTopic(first, "t");
        var disk = StallDisk(bench);
        var request = bench.Produce("t", new string('v', valueBytes), acks: 1);
        request.TimeoutMs = 1;

        var senders = Enumerable.Range(0, clients).Select(_ => bench.Connect()).ToList();
        foreach (var sender in senders)
        {
            for (var i = 0; i < requests / clients; i++)
            {
                sender.Send(request, ProduceVersion, i);
            }
        }
        bench.RunForMs(10_000);
        var readAhead = clients * ((Limits.ReadAheadMaxBytes / valueBytes) + 2);
        var held = (Limits.UnwrittenProduceMaxBytes / valueBytes) + 1;
        Assert.InRange(bench.BrokerLeases, held / 2, held + readAhead);

        disk.IsStalled = false;
        bench.Until(() => senders.TrueForAll(sender => sender.Answers.Count == requests / clients));
        bench.RunForMs(10_000);
        var fetch = NodeBench.Fetch("t", requests, waitMs: 0);
        var fetched = bench.Ask<FetchResponse>(first, fetch, FetchVersion);
        Assert.Equal(requests, fetched.Responses[0].Partitions[0].HighWatermark);
    }

    private static StallingDisk StallDisk(NodeBench bench)
    {
        var faults = new StallingDisk { IsStalled = true };
        bench.World.Node(new NodeId(1)).Disks[0].Faults = faults;
        return faults;
    }

    /// <summary>A topic whose metadata takes some 100 KiB.</summary>
    private static void CreateWide(NodeBench bench, RawClient client) =>
        bench.CreateTopic(client, "wide", partitions: 3_000);

    private static void SendAtOnce(RawClient client, int count, Func<IRequest> request)
    {
        for (var i = 0; i < count; i++)
        {
            client.Send(request(), 12, i);
        }
    }

    private static FetchRequest OfSession(int session, int epoch, IReadOnlyList<int> partitions)
    {
        var request = new FetchRequest
        {
            SessionId = session,
            SessionEpoch = epoch,
            MaxWaitMs = 2_000,
            MinBytes = 1,
        };
        if (partitions.Count > 0)
        {
            var topic = new FetchRequestTopic { Topic = "t" };
            foreach (var partition in partitions)
            {
                topic.Partitions.Add(
                    new FetchRequestPartition { Partition = partition, PartitionMaxBytes = 1_000_000 });
            }
            request.Topics.Add(topic);
        }
        return request;
    }
}
