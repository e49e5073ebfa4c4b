using Testbed.Foundation;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Tests.Engine.Client;

/// <summary>The usual answers of a <see cref="FakeCluster"/>, as Kafka's brokers would give them.</summary>
internal sealed class FakeAnswers(FakeCluster cluster)
{
    private const short IdsFromVersion = 13;

    public IResponse To(Ask ask) => ask.Request switch
    {
        ApiVersionsRequest => Versions(),
        MetadataRequest request => Metadata(request),
        InitProducerIdRequest => new InitProducerIdResponse { ProducerId = cluster.NextProducerId++ },
        ProduceRequest request => Produce(ask, request),
        FetchRequest request => Fetch(ask, request),
        ListOffsetsRequest request => ListOffsets(ask, request),
        CreateTopicsRequest request => CreateTopics(request),
        DeleteTopicsRequest request => DeleteTopics(request),
        _ => throw new InvariantException($"nobody answers {ask.Request.ApiKey}"),
    };

    /// <summary>True when a fetch need not wait: there are records, or an error.</summary>
    public bool HasData(Ask ask, FetchRequest request)
    {
        foreach (var topic in request.Topics)
        {
            foreach (var part in topic.Partitions)
            {
                var log = Find(ask, topic.Topic, topic.TopicId, part.Partition, out _);
                if (log is null || part.FetchOffset != log.End)
                {
                    return true;
                }
            }
        }
        return false;
    }

    private ApiVersionsResponse Versions()
    {
        var response = new ApiVersionsResponse();
        foreach (var key in ApiCatalogue.Keys)
        {
            if (cluster.Versions.TryGetValue(key, out var range))
            {
                response.ApiKeys.Add(FakeCluster.Range(key, range.Lowest, range.Highest));
            }
        }
        return response;
    }

    private MetadataResponse Metadata(MetadataRequest request)
    {
        var response =
            new MetadataResponse { ClusterId = "fake", ControllerId = cluster.Brokers[0].Id.Value };
        foreach (var broker in cluster.Brokers)
        {
            response.Brokers.Add(new MetadataResponseBroker
            {
                NodeId = broker.Id.Value,
                Host = broker.Address.Host,
                Port = broker.Address.Port,
            });
        }
        var names = request.Topics?.ConvertAll(topic => topic.Name!) ?? [.. cluster.Topics.Keys];
        foreach (var name in names)
        {
            response.Topics.Add(cluster.Topics.TryGetValue(name, out var topic)
                ? Describe(topic)
                : new MetadataResponseTopic { Name = name, ErrorCode = ErrorCode.UnknownTopicOrPartition });
        }
        return response;
    }

    private static MetadataResponseTopic Describe(FakeTopic topic)
    {
        var described = new MetadataResponseTopic { Name = topic.Name, TopicId = topic.Id };
        for (var i = 0; i < topic.Partitions.Count; i++)
        {
            described.Partitions.Add(new MetadataResponsePartition
            {
                PartitionIndex = i,
                LeaderId = topic.Partitions[i].Leader.Value,
                LeaderEpoch = topic.Partitions[i].Epoch.Value,
                ReplicaNodes = [topic.Partitions[i].Leader.Value],
                IsrNodes = [topic.Partitions[i].Leader.Value],
            });
        }
        return described;
    }

    private ProduceResponse Produce(Ask ask, ProduceRequest request)
    {
        var response = new ProduceResponse();
        foreach (var topic in request.TopicData)
        {
            var answer =
                new ProduceResponseTopicProduceResponse { Name = topic.Name, TopicId = topic.TopicId };
            foreach (var part in topic.PartitionData)
            {
                var partition = Find(ask, topic.Name, topic.TopicId, part.Index, out var error);
                var offset = -1L;
                if (partition is not null)
                {
                    (error, offset) = partition.Append(part.Records.Memory);
                }
                answer.PartitionResponses.Add(new ProduceResponsePartitionProduceResponse
                {
                    Index = part.Index,
                    ErrorCode = error,
                    BaseOffset = offset,
                });
            }
            response.Responses.Add(answer);
        }
        return response;
    }

    private FetchResponse Fetch(Ask ask, FetchRequest request)
    {
        var response = new FetchResponse();
        foreach (var topic in request.Topics)
        {
            var answer =
                new FetchResponseFetchableTopicResponse { Topic = topic.Topic, TopicId = topic.TopicId };
            foreach (var part in topic.Partitions)
            {
                answer.Partitions.Add(Fetch(
                    Find(ask, topic.Topic, topic.TopicId, part.Partition, out var error), error, part));
            }
            response.Responses.Add(answer);
        }
        return response;
    }

    private static FetchResponsePartitionData Fetch(
        FakePartition? log, ErrorCode error, FetchRequestPartition part)
    {
        var data = new FetchResponsePartitionData { PartitionIndex = part.Partition, ErrorCode = error };
        if (log is null)
        {
            return data;
        }
        data.HighWatermark = log.End;
        data.LastStableOffset = log.End;
        data.LogStartOffset = log.Start;
        data.AbortedTransactions = log.Aborted.ConvertAll(aborted => new FetchResponseAbortedTransaction
        {
            ProducerId = aborted.ProducerId,
            FirstOffset = aborted.FirstOffset,
        });
        if (part.FetchOffset < log.Start || part.FetchOffset > log.End)
        {
            data.ErrorCode = ErrorCode.OffsetOutOfRange;
        }
        else
        {
            data.Records = RecordData.Copied(log.Read(part.FetchOffset));
        }
        return data;
    }

    private ListOffsetsResponse ListOffsets(Ask ask, ListOffsetsRequest request)
    {
        var response = new ListOffsetsResponse();
        foreach (var topic in request.Topics)
        {
            var answer = new ListOffsetsResponseTopicResponse { Name = topic.Name };
            foreach (var part in topic.Partitions)
            {
                var log = Find(ask, topic.Name, Uuid.Zero, part.PartitionIndex, out var error);
                answer.Partitions.Add(new ListOffsetsResponsePartitionResponse
                {
                    PartitionIndex = part.PartitionIndex,
                    ErrorCode = error,
                    Offset = log is null ? -1 : part.Timestamp == -2 ? log.Start : log.End,
                });
            }
            response.Topics.Add(answer);
        }
        return response;
    }

    private CreateTopicsResponse CreateTopics(CreateTopicsRequest request)
    {
        var response = new CreateTopicsResponse();
        foreach (var topic in request.Topics)
        {
            var isThere = cluster.Topics.ContainsKey(topic.Name);
            if (!isThere)
            {
                cluster.AddTopic(topic.Name, topic.NumPartitions < 0 ? 1 : topic.NumPartitions);
            }
            response.Topics.Add(new CreateTopicsResponseCreatableTopicResult
            {
                Name = topic.Name,
                ErrorCode = isThere ? ErrorCode.TopicAlreadyExists : ErrorCode.None,
            });
        }
        return response;
    }

    private DeleteTopicsResponse DeleteTopics(DeleteTopicsRequest request)
    {
        var response = new DeleteTopicsResponse();
        foreach (var name in request.TopicNames)
        {
            response.Responses.Add(new DeleteTopicsResponseDeletableTopicResult
            {
                Name = name,
                ErrorCode = cluster.Topics.Remove(name) ? ErrorCode.None : ErrorCode.UnknownTopicOrPartition,
            });
        }
        return response;
    }

    private FakePartition? Find(Ask ask, string name, Uuid id, int index, out ErrorCode error)
    {
        error = ErrorCode.UnknownTopicOrPartition;
        foreach (var topic in cluster.Topics.Values)
        {
            var isById = ask.Version >= IdsFromVersion && !id.IsZero;
            if ((isById ? topic.Id == id : topic.Name == name) && index < topic.Partitions.Count)
            {
                var partition = topic.Partitions[index];
                error = partition.Leader == ask.Broker ? ErrorCode.None : ErrorCode.NotLeaderOrFollower;
                return error == ErrorCode.None ? partition : null;
            }
        }
        return null;
    }
}
