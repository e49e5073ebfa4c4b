using System;
using BenchmarkDotNet.Attributes;
using Testbed.Foundation;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Tests.Benchmarks;

/// <summary>
/// Reading and writing of the three requests that a loaded broker sees most: Produce with 16 KiB for each of
/// ten partitions, Fetch of a hundred partitions, and Metadata of a hundred topics with ten partitions each.
/// </summary>
[MemoryDiagnoser]
public class WireBenchmarks
{
    private const short ProduceVersion = 13;
    private const short FetchVersion = 18;
    private const short MetadataVersion = 13;

    private readonly WireWriter _writer = new(new BufferPool(1 << 24, poison: false));
    private readonly ProduceRequest _produceRequest = NewProduce();
    private readonly FetchRequest _fetchRequest = NewFetch();
    private readonly FetchResponse _fetchResponse = NewFetchResponse();
    private readonly MetadataResponse _metadataResponse = NewMetadata();
    private byte[] _produceBytes = [];
    private byte[] _fetchBytes = [];
    private byte[] _fetchResponseBytes = [];
    private byte[] _metadataBytes = [];

    [GlobalSetup]
    public void Setup()
    {
        _produceBytes = BytesOf(_produceRequest, ProduceVersion);
        _fetchBytes = BytesOf(_fetchRequest, FetchVersion);
        _fetchResponseBytes = BytesOf(_fetchResponse, FetchVersion);
        _metadataBytes = BytesOf(_metadataResponse, MetadataVersion);
    }

    [Benchmark]
    public ProduceRequest ReadProduceRequest() => Read<ProduceRequest>(_produceBytes, ProduceVersion);

    [Benchmark]
    public long WriteProduceRequest() => Write(_produceRequest, ProduceVersion);

    [Benchmark]
    public FetchRequest ReadFetchRequest() => Read<FetchRequest>(_fetchBytes, FetchVersion);

    [Benchmark]
    public long WriteFetchRequest() => Write(_fetchRequest, FetchVersion);

    [Benchmark]
    public FetchResponse ReadFetchResponse() => Read<FetchResponse>(_fetchResponseBytes, FetchVersion);

    [Benchmark]
    public long WriteFetchResponse() => Write(_fetchResponse, FetchVersion);

    [Benchmark]
    public MetadataResponse ReadMetadataResponse() => Read<MetadataResponse>(_metadataBytes, MetadataVersion);

    [Benchmark]
    public long WriteMetadataResponse() => Write(_metadataResponse, MetadataVersion);

    private static T Read<T>(byte[] bytes, short version)
        where T : IMessage<T>
    {
        var reader = new WireReader(bytes);
        return T.Read(ref reader, version);
    }

    private long Write(IMessage message, short version)
    {
        _writer.Reset();
        message.Write(_writer, version);
        return _writer.SizeBytes;
    }

    private byte[] BytesOf(IMessage message, short version)
    {
        _writer.Reset();
        message.Write(_writer, version);
        var bytes = new byte[_writer.SizeBytes];
        var at = 0;
        foreach (var piece in _writer.Pieces)
        {
            piece.Memory.CopyTo(bytes.AsMemory(at));
            at += piece.SizeBytes;
        }
        return bytes;
    }

    private static ProduceRequest NewProduce()
    {
        var topic = new ProduceRequestTopicProduceData { TopicId = new Uuid(1, 2) };
        for (var partition = 0; partition < 10; partition++)
        {
            topic.PartitionData.Add(new ProduceRequestPartitionProduceData
            {
                Index = partition,
                Records = RecordData.Lent(new byte[16 * 1024]),
            });
        }
        return new ProduceRequest { Acks = -1, TimeoutMs = 30_000, TopicData = [topic] };
    }

    private static FetchRequest NewFetch()
    {
        var topic = new FetchRequestTopic { TopicId = new Uuid(1, 2) };
        for (var partition = 0; partition < 100; partition++)
        {
            topic.Partitions.Add(
                new FetchRequestPartition { Partition = partition, PartitionMaxBytes = 1 << 20 });
        }
        return new FetchRequest { MaxWaitMs = 500, MinBytes = 1, Topics = [topic] };
    }

    private static FetchResponse NewFetchResponse()
    {
        var topic = new FetchResponseFetchableTopicResponse { TopicId = new Uuid(1, 2) };
        for (var partition = 0; partition < 100; partition++)
        {
            topic.Partitions.Add(new FetchResponsePartitionData
            {
                PartitionIndex = partition,
                HighWatermark = 1000,
                AbortedTransactions = null,
                Records = RecordData.Lent(new byte[8 * 1024]),
            });
        }
        return new FetchResponse { Responses = [topic] };
    }

    private static MetadataResponse NewMetadata()
    {
        var response = new MetadataResponse { ClusterId = "AAAAAAAAAAAAAAAAAAAAAA", ControllerId = 1 };
        for (var topic = 0; topic < 100; topic++)
        {
            var id = new Uuid(1, (ulong)topic);
            var entry = new MetadataResponseTopic { Name = "topic-" + topic, TopicId = id };
            for (var partition = 0; partition < 10; partition++)
            {
                entry.Partitions.Add(new MetadataResponsePartition
                {
                    PartitionIndex = partition,
                    LeaderId = 1,
                    ReplicaNodes = [1, 2, 3],
                    IsrNodes = [1, 2, 3],
                });
            }
            response.Topics.Add(entry);
        }
        return response;
    }
}
