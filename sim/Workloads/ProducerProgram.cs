using System;
using System.Collections.Generic;
using Testbed.Client;
using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Models.Histories;

namespace Testbed.Sim.Workloads;

/// <summary>
/// Sends records that tell who they are, and keeps what became of them. Every start is a new producer.
/// </summary>
internal sealed class ProducerProgram : IProduceListener
{
    private const long FlushMs = 60_000;
    private const int ProducerInFlightMax = 5;    // Kafka's limit for idempotent producers

    private readonly IShard _shard;
    private readonly Ghost _ghost;
    private readonly WorkloadSettings _settings;
    private readonly Prng _random;
    private readonly ClusterClient _cluster;
    private readonly Producer _producer;
    private readonly List<(int Partition, RecordIdentity Record)> _sent = [];    // by token
    private readonly long _number;

    /// <summary>Those that are at hand on every machine.</summary>
    private static ReadOnlySpan<CompressionCodec> Codecs =>
        [CompressionCodec.None, CompressionCodec.Gzip, CompressionCodec.Snappy];

    public ProducerProgram(IShard shard, Ghost ghost, WorkloadSettings settings, string brokerHost)
    {
        _shard = shard;
        _ghost = ghost;
        _settings = settings;
        _number = ghost.ProducersStarted++;
        _random = shard.Random("workload");
        _cluster = new ClusterClient(shard, new ClusterOptions
        {
            Bootstrap = [new NetworkAddress(brokerHost, WorkloadSettings.BrokerPort)],
            RequestTimeoutMs = 5_000,
        });
        _producer = new Producer(_cluster, new ProducerOptions
        {
            Codec = Codecs[_random.Below(Codecs.Length)],
            LingerMs = _random.Between(0, 20),
            InFlightMax = (int)_random.Between(1, ProducerInFlightMax),
            RequestTimeoutMs = 5_000,
            DeliveryTimeoutMs = 60_000,
            Keyless = KeylessPartitions.RoundRobin,
        });
    }

    public async EngineTask Run(long stopAtWorldMs, World world)
    {
        await new TopicCalls(_shard, _cluster).Make(
            new NewTopic(WorkloadSettings.Topic, _settings.PartitionCount, 1));
        while (world.Now < new Instant(0).PlusMs(stopAtWorldMs))
        {
            if (_producer.HasRoom)
            {
                var partition = _random.Below(_settings.PartitionCount);
                _producer.Send(NextRecord(partition), this, _sent.Count - 1);
            }
            await _shard.Delay(_random.Between(1, _settings.SendPauseMsMax));
        }
        while (!await _producer.Flush(_shard.Now.PlusMs(FlushMs)))
        {
        }
        await Probe();
        _ghost.ProducersDone.Add(_shard.Id.Node.Value);
    }

    public void OnProduced(long token, in ProduceResult result)
    {
        var (partition, record) = _sent[(int)token];
        _ghost.Check(Judge(_ghost.Partitions[partition], record, result), _shard.Id.Node);
    }

    /// <summary>
    /// What is known of the record from now on. A failure that may have stored it says nothing; one behind a
    /// gap is of that kind.
    /// </summary>
    private static string? Judge(PartitionHistory history, RecordIdentity record, in ProduceResult result)
    {
        if (result.IsStored && result.Offset == Offset.None)
        {
            history.OnAcknowledged(record);
            return null;
        }
        if (result.IsStored)
        {
            return history.OnAcknowledged(result.Offset.Value, record);
        }
        if (result.Status == ProduceStatus.Refused && !result.MayBeStored)
        {
            return $"an idempotent producer is not refused: {record} got {result.Error} {result.Message}";
        }
        return result.MayBeStored ? null : history.OnFailed(record);
    }

    /// <summary>Everything has healed: from now on whatever is sent is stored.</summary>
    private async EngineTask Probe()
    {
        for (var i = 0; i < _settings.PartitionCount; i++)
        {
            var record = NextRecord(i);
            var result = await _producer.Send(record);
            OnProduced(_sent.Count - 1, result);
            if (!result.IsStored)
            {
                var problem =
                    $"records are stored once all faults are over: got {result.Status} {result.Error}";
                _ghost.Check(problem, _shard.Id.Node);
            }
        }
    }

    private ProducerRecord NextRecord(int partition)
    {
        var place = new TopicPartition(WorkloadSettings.Topic, partition);
        var record =
            WorkloadRecord.Make(place, _number, _sent.Count, _settings.ValueBytesMax, _random);
        var identity = WorkloadRecord.IdentityOf(record);
        _ghost.Check(_ghost.Partitions[partition].OnSent(identity), _shard.Id.Node);
        _sent.Add((partition, identity));
        return record;
    }
}
