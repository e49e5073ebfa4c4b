using System;
using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Sim;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Tests.Engine.Client;

/// <summary>
/// Brokers that answer on the simulated network as Kafka's would, from state that all of them share. A test
/// may see every request first, and answer it otherwise.
/// </summary>
internal sealed class FakeCluster
{
    private static readonly ApiKey[] Served =
    [
        ApiKey.Produce, ApiKey.Fetch, ApiKey.ListOffsets, ApiKey.Metadata, ApiKey.ApiVersions,
        ApiKey.CreateTopics, ApiKey.DeleteTopics, ApiKey.InitProducerId,
    ];

    private readonly FakeAnswers _answers;

    public FakeCluster(World world, int brokerCount = 1)
    {
        World = world;
        _answers = new FakeAnswers(this);
        foreach (var key in Served)
        {
            Versions[key] = (ApiCatalogue.Of(key).LowestVersion, ApiCatalogue.Of(key).HighestStableVersion);
        }
        for (var id = 1; id <= brokerCount; id++)
        {
            var broker = new FakeBroker(this, new NodeId(id));
            Brokers.Add(broker);
            world.AddNode(broker.Id, broker.Boot);
        }
    }

    public World World { get; }

    public List<FakeBroker> Brokers { get; } = [];

    public SortedDictionary<string, FakeTopic> Topics { get; } = new(StringComparer.Ordinal);

    public Dictionary<ApiKey, (short Lowest, short Highest)> Versions { get; } = [];

    /// <summary>Sees each request before it is handled; null lets it be handled as usual.</summary>
    public Func<Ask, Reply?> Intercept { get; set; } = _ => null;

    /// <summary>
    /// Whether an answer to the version question of a version unknown tells the versions known.
    /// </summary>
    public bool TellsVersionsOnRefusal { get; set; } = true;

    public List<Ask> Asked { get; } = [];

    public int ConnectionCount { get; set; }

    public long NextProducerId { get; set; } = 1000;

    public FakeTopic AddTopic(string name, int partitionCount = 1)
    {
        var topic = new FakeTopic(name, new Uuid(7, (ulong)(Topics.Count + 1)));
        for (var i = 0; i < partitionCount; i++)
        {
            topic.Partitions.Add(new FakePartition { Leader = Brokers[i % Brokers.Count].Id });
        }
        Topics.Add(name, topic);
        return topic;
    }

    public FakePartition Partition(string topic, int index = 0) => Topics[topic].Partitions[index];

    /// <summary>Another broker leads the partition from now on.</summary>
    public void MoveLeader(string topic, int index, NodeId to)
    {
        var partition = Partition(topic, index);
        partition.Leader = to;
        partition.Epoch = new LeaderEpoch(partition.Epoch.Value + 1);
    }

    public Reply Handle(FakeBroker broker, IRequest request, short version, string clientId, Instant at)
    {
        var ask = new Ask(broker.Id, request, version, clientId, Asked.Count, at);
        Asked.Add(ask);
        return Intercept(ask) ?? Reply.After(WaitMs(ask), () => _answers.To(ask));
    }

    /// <summary>The usual answer, for an interceptor that wants it in another way.</summary>
    public IResponse Answer(Ask ask) => _answers.To(ask);

    /// <summary>A fetch that finds nothing waits.</summary>
    private long WaitMs(Ask ask) =>
        ask.Request is FetchRequest fetch && !_answers.HasData(ask, fetch) ? fetch.MaxWaitMs : 0;

    public int AskedCount(ApiKey key) => Asked.FindAll(ask => ask.Request.ApiKey == key).Count;

    public ApiVersionsResponse VersionsRefusal()
    {
        var (lowest, highest) = Versions[ApiKey.ApiVersions];
        var refusal = new ApiVersionsResponse { ErrorCode = ErrorCode.UnsupportedVersion };
        if (TellsVersionsOnRefusal)
        {
            refusal.ApiKeys.Add(Range(ApiKey.ApiVersions, lowest, highest));
        }
        return refusal;
    }

    public static ApiVersionsResponseApiVersion Range(ApiKey key, short lowest, short highest) =>
        new() { ApiKey = (short)key, MinVersion = lowest, MaxVersion = highest };
}
