using System;
using System.Collections.Generic;
using System.Text;
using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Node.Boot;
using Testbed.Node.Settings;
using Testbed.Sim;
using Testbed.Wire;
using Testbed.Wire.Messages;
using Testbed.Wire.Records;

namespace Testbed.Tests.Engine.Node;

/// <summary>A whole node in a simulated world, with raw clients.</summary>
internal sealed class NodeBench
{
    private static readonly NodeId Broker = new(1);
    private static readonly NodeId ClientNode = new(2);
    private readonly NodeSettings _settings;
    private IShard _clientShard = null!;
    private Testbed.Node.Node? _node;    // of the newest start

    public NodeBench(ulong seed, params string[] settings)
        : this(seed, null, settings)
    {
    }

    /// <summary>With disks that have faults from the beginning.</summary>
    public NodeBench(ulong seed, IDiskFaults? faults, params string[] settings)
    {
        var given = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["node.id"] = "1",
            ["listeners"] = "PLAINTEXT://n1:9092",
            ["log.dirs"] = "data",
        };
        foreach (var setting in settings)
        {
            given[setting.Split('=')[0]] = setting.Split('=')[1];
        }
        _settings = NodeSettingsReader.Read(given, "n1").Settings
            ?? throw new ArgumentException("wrong settings", nameof(settings));
        World = new World(seed);
        var options = new NodeOptions { DiskNames = _settings.LogDirectories };
        World.AddNode(Broker, shard => _ = Boot(shard), options);
        foreach (var disk in World.Node(Broker).Disks)
        {
            disk.Faults = faults;
        }
        World.AddNode(ClientNode, shard => _clientShard = shard);
        Until(() => Outcome is not null);
    }

    public World World { get; }

    /// <summary>How the newest start of the node ended.</summary>
    public BootOutcome? Outcome { get; private set; }

    /// <summary>Buffers that the node holds.</summary>
    public int BrokerLeases => World.Node(Broker).Shard!.Buffers.OutstandingCount;

    public long ClientWallMs => _clientShard.WallMs;

    public RawClient Connect()
    {
        var client = new RawClient(_clientShard, new NetworkAddress("n1", 9092));
        Until(() => client.IsOpen || client.Closed is not null);
        return client;
    }

    public void Crash(CrashKind kind)
    {
        Outcome = null;
        World.Crash(Broker, kind);
        World.Restart(Broker);
        Until(() => Outcome is not null);
    }

    /// <summary>Stops the node as a person would, and starts it again.</summary>
    public void Restart()
    {
        Stop();
        Crash(CrashKind.Process);
    }

    /// <summary>Stops the node as a person would; its process is still there.</summary>
    public void Stop()
    {
        var stopped = _node!.Stop();
        Until(() => stopped.IsCompleted);
    }

    public void Until(Func<bool> condition)
    {
        if (!World.RunWhile(() => !condition(), World.Now.PlusMs(60_000)))
        {
            throw new InvalidOperationException($"does not happen: {World.Violation}");
        }
    }

    public void RunForMs(long ms) => World.RunForMs(ms);

    public TResponse Ask<TResponse>(RawClient client, IRequest request, short version)
        where TResponse : class, IResponse<TResponse>
    {
        var answer = client.Answers.Count;
        client.Send(request, version, answer);
        Until(() => client.Answers.Count > answer || client.Closed is not null);
        return client.Read<TResponse>(answer, version);
    }

    public void CreateTopic(RawClient client, string name, int partitions = 1, params string[] settings)
    {
        var creation = Creation(name, partitions);
        foreach (var setting in settings)
        {
            creation.Topics[0].Configs.Add(new CreateTopicsRequestCreatableTopicConfig
            {
                Name = setting.Split('=')[0],
                Value = setting.Split('=')[1],
            });
        }
        var error = Ask<CreateTopicsResponse>(client, creation, 7).Topics[0].ErrorCode;
        if (error != ErrorCode.None)
        {
            throw new InvalidOperationException($"topic {name}: {error}");
        }
    }

    public static CreateTopicsRequest Creation(string name, int partitions) => new()
    {
        Topics =
        [
            new CreateTopicsRequestCreatableTopic
            {
                Name = name,
                NumPartitions = partitions,
                ReplicationFactor = 1,
            },
        ],
    };

    public static DeleteTopicsRequest Deletion(string name) =>
        new() { Topics = [new DeleteTopicsRequestDeleteTopicState { Name = name }] };

    public ProduceRequest Produce(
        string topic, string value, short acks = -1, int partition = 0, string? key = null, long ageMs = 0)
    {
        var builder = new RecordBatchBuilder(_clientShard.Buffers);
        builder.Begin(RecordBatchOptions.Default);
        builder.Append(
            _clientShard.WallMs - ageMs,
            key is null ? OptionalBytes.Null : Encoding.UTF8.GetBytes(key),
            Encoding.UTF8.GetBytes(value));
        if (builder.Build(out var batch) != CompressStatus.Ok)
        {
            throw new InvalidOperationException("the batch cannot be built");
        }
        var part =
            new ProduceRequestPartitionProduceData
            {
                Index = partition,
                Records = RecordData.Copied(batch.Memory.ToArray()),
            };
        batch.Release();
        var request = new ProduceRequest { Acks = acks, TimeoutMs = 5_000 };
        request.TopicData.Add(new ProduceRequestTopicProduceData { Name = topic, PartitionData = [part] });
        return request;
    }

    public static FetchRequest Fetch(string topic, long offset, int waitMs, int minBytes = 1)
    {
        var part = new FetchRequestPartition { FetchOffset = offset, PartitionMaxBytes = 1_000_000 };
        var request = new FetchRequest { MaxWaitMs = waitMs, MinBytes = minBytes };
        request.Topics.Add(new FetchRequestTopic { Topic = topic, Partitions = [part] });
        return request;
    }

    private async EngineTask Boot(IShard shard)
    {
        _node = new Testbed.Node.Node(shard, _settings);
        var problem = _node.Listen();
        Outcome = problem is not null ? new BootOutcome(problem) : await _node.Boot();
    }
}
