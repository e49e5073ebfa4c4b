using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Wire.Messages;

namespace Testbed.Client;

/// <summary>
/// One Fetch request to one broker for several partitions, and then its answer. Without a session (KIP-227).
/// </summary>
internal sealed class FetchCall(Fetcher fetcher, NodeId node) : IWork
{
    private const short VersionMin = 4;
    private const short NamesVersionMax = 12;    // later versions name topics by id only
    private const int NoSession = -1;

    private readonly List<FetchPart> _parts = [];
    private EngineOp<RequestOutcome<FetchResponse>>? _outcome;

    public NodeId Node => node;

    public IReadOnlyList<FetchPart> Parts => _parts;

    public RequestOutcome<FetchResponse> Outcome => _outcome!.Result;

    public void Add(AssignedPartition partition, PartitionLeader leader)
    {
        partition.IsInFlight = true;
        _parts.Add(new FetchPart(partition, partition.Version, leader));
    }

    public void Send(ClusterClient cluster, ConsumerOptions options)
    {
        var request = new FetchRequest
        {
            MaxWaitMs = options.FetchWaitMs,
            MinBytes = options.FetchBytesMin,
            MaxBytes = options.FetchBytesMax,
            IsolationLevel = (sbyte)options.Isolation,
            SessionEpoch = NoSession,
        };
        var versionMax = short.MaxValue;
        foreach (var part in _parts)
        {
            TopicOf(request, part).Partitions.Add(new FetchRequestPartition
            {
                Partition = part.Partition.Id.Partition,
                CurrentLeaderEpoch = part.Leader.Epoch.Value,
                FetchOffset = part.Partition.Position.Value,
                PartitionMaxBytes = options.PartitionBytesMax,
            });
            versionMax = part.Leader.TopicId.IsZero ? NamesVersionMax : versionMax;
        }
        var terms = new RequestTerms(options.RequestTimeoutMs + options.FetchWaitMs, VersionMin, versionMax);
        _outcome = cluster.Send<FetchResponse>(node, request, terms, ConnectionLane.LongPoll);
        _outcome.Then(this, 0);
    }

    public void Run(long token) => fetcher.OnAnswered(this);

    /// <summary>What the answer says of a part; null when it says nothing.</summary>
    public FetchResponsePartitionData? AnswerTo(FetchPart part, FetchResponse response)
    {
        var isById = Outcome.Version > NamesVersionMax;
        foreach (var topic in response.Responses)
        {
            if (isById ? topic.TopicId == part.Leader.TopicId : topic.Topic == part.Partition.Id.Topic)
            {
                return topic.Partitions.Find(answer => answer.PartitionIndex == part.Partition.Id.Partition);
            }
        }
        return null;
    }

    private static FetchRequestTopic TopicOf(FetchRequest request, FetchPart part)
    {
        var topic = request.Topics.Find(other => other.Topic == part.Partition.Id.Topic);
        if (topic is null)
        {
            topic = new FetchRequestTopic { Topic = part.Partition.Id.Topic, TopicId = part.Leader.TopicId };
            request.Topics.Add(topic);
        }
        return topic;
    }
}
