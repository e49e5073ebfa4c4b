using System;
using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Tests.Engine.Wire;
using Testbed.Wire;
using Testbed.Wire.Messages;
using Xunit;
using Xunit.Abstractions;

namespace Testbed.Tests.Engine.Node;

/// <summary>
/// Whatever valid requests two clients send: the node lives, every connection is answered or closed, and no
/// buffer stays behind. A failing round is played again by SEED; the text names its last requests.
/// </summary>
public sealed class HostileRequestsTests(ITestOutputHelper output)
{
    private const int Rounds = 60;
    private const int RequestsPerRound = 100;

    [Fact]
    public void No_valid_request_stops_the_node_or_goes_unanswered_or_leaks()
    {
        var seed = TestSeed.Next(output);
        for (var round = 0; round < Rounds; round++)
        {
            Play(unchecked(seed + round));
        }
    }

    private void Play(int seed)
    {
        var random = new Random(seed);
        var bench = new NodeBench((ulong)(uint)seed);
        var apis = ServedBy(bench);
        var requests = new HostileRequests(random, apis);
        Furnish(bench, requests);
        bench.World.Network.ResetConnections(new NodeId(1), new NodeId(2));
        bench.RunForMs(1_000);
        var before = bench.BrokerLeases;

        var clients = new[] { new HostileClient(bench), new HostileClient(bench) };
        for (var i = 0; i < RequestsPerRound && bench.World.Violation is null; i++)
        {
            clients[random.Next(2)].Send(requests.Next(out var version), version);
            bench.RunForMs(random.Next(4) == 0 ? random.Next(200) : 0);
        }
        bench.World.RunWhile(() => !clients.All(client => client.IsSettled), bench.World.Now.PlusMs(60_000));
        bench.World.Network.ResetConnections(new NodeId(1), new NodeId(2));
        bench.RunForMs(10_000);

        var isFine = bench.World.Violation is null
            && clients.All(client => client.IsSettled)
            && bench.BrokerLeases == before;
        Assert.True(isFine, Report(seed, bench, clients, before));
    }

    private static string Report(int seed, NodeBench bench, HostileClient[] clients, int before)
    {
        var lines = new List<string>
        {
            $"SEED={seed}: {bench.World.Violation?.ToString() ?? "no violation"}",
            $"leases before {before}, after {bench.BrokerLeases}",
        };
        foreach (var client in clients)
        {
            lines.Add(client.IsSettled ? "settled, its last requests:" : "unanswered, its last requests:");
            lines.AddRange(client.LastRequests);
        }
        lines.Add($"{bench.World.Error}");
        return string.Join('\n', lines);
    }

    private static List<ApiKey> ServedBy(NodeBench bench)
    {
        var answer = bench.Ask<ApiVersionsResponse>(bench.Connect(), new ApiVersionsRequest(), 0);
        return answer.ApiKeys.Select(api => (ApiKey)api.ApiKey).ToList();
    }

    private static void Furnish(NodeBench bench, HostileRequests requests)
    {
        var client = bench.Connect();
        foreach (var name in (string[])["a", "b"])
        {
            bench.CreateTopic(client, name, partitions: 2);
            requests.Names.Insert(0, name);
            var produced = bench.Produce(name, "value");
            requests.Batches.Add(produced.TopicData[0].PartitionData[0].Records);
            bench.Ask<ProduceResponse>(client, produced, 9);
        }
        var metadata = bench.Ask<MetadataResponse>(client, new MetadataRequest { Topics = null }, 12);
        requests.Ids.AddRange(metadata.Topics.Select(topic => topic.TopicId));
        var fetch = NodeBench.Fetch("a", 0, waitMs: 0);
        fetch.SessionEpoch = 0;
        requests.Session = bench.Ask<FetchResponse>(client, fetch, 12).SessionId;
    }
}
