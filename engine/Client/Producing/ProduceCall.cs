using System.Collections.Generic;
using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Wire.Messages;

namespace Testbed.Client;

/// <summary>
/// One Produce request to one broker, with at most one batch of each partition, and then its answer.
/// </summary>
internal sealed class ProduceCall(ProduceSender sender, NodeId node) : IWork
{
    private const short RecordsVersionMin = 3;
    private const short ZstdVersionMin = 7;
    private const short NamesVersionMax = 12;    // later versions name topics by id only

    private readonly List<(ProducerBatch Batch, Uuid TopicId)> _parts = [];
    private EngineOp<RequestOutcome<ProduceResponse>>? _outcome;

    public NodeId Node => node;

    public long SizeBytes { get; private set; }

    public IReadOnlyList<(ProducerBatch Batch, Uuid TopicId)> Parts => _parts;

    public RequestOutcome<ProduceResponse> Outcome => _outcome!.Result;

    public void Add(ProducerBatch batch, Uuid topicId)
    {
        _parts.Add((batch, topicId));
        SizeBytes += batch.SizeBytes;
    }

    /// <summary>Sends the request; the sender hears of the outcome in a later unit of work.</summary>
    public void Send(ClusterClient cluster, ProducerOptions options)
    {
        var request = new ProduceRequest
        {
            Acks = (short)options.Acks,
            TimeoutMs = (int)options.RequestTimeoutMs,
        };
        var versionMax = short.MaxValue;
        foreach (var (batch, topicId) in _parts)
        {
            var (topic, partition) = batch.Partition.Id;
            TopicOf(request, topic, topicId).PartitionData.Add(
                new ProduceRequestPartitionProduceData { Index = partition, Records = batch.Records });
            versionMax = topicId.IsZero ? NamesVersionMax : versionMax;
        }
        var versionMin = options.Codec == CompressionCodec.Zstd ? ZstdVersionMin : RecordsVersionMin;
        var hasNoAnswer = options.Acks == Acks.None;
        var terms = new RequestTerms(options.RequestTimeoutMs, versionMin, versionMax, hasNoAnswer);
        _outcome = cluster.Send<ProduceResponse>(node, request, terms);
        _outcome.Then(this, 0);
    }

    public void Run(long token) => sender.OnAnswered(this);

    /// <summary>
    /// What the answer says of the part at <paramref name="index"/>; null when it says nothing.
    /// </summary>
    public ProduceResponsePartitionProduceResponse? AnswerTo(int index, ProduceResponse response)
    {
        var (batch, topicId) = _parts[index];
        var isById = Outcome.Version > NamesVersionMax;
        foreach (var topic in response.Responses)
        {
            if (isById ? topic.TopicId == topicId : topic.Name == batch.Partition.Id.Topic)
            {
                return topic.PartitionResponses.Find(answer => answer.Index == batch.Partition.Id.Partition);
            }
        }
        return null;
    }

    private static ProduceRequestTopicProduceData TopicOf(ProduceRequest request, string name, Uuid id)
    {
        var topic = request.TopicData.Find(other => other.Name == name);
        if (topic is null)
        {
            topic = new ProduceRequestTopicProduceData { Name = name, TopicId = id };
            request.TopicData.Add(topic);
        }
        return topic;
    }
}
