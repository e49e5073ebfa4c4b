using System.Collections.Generic;
using Testbed.Client;
using Testbed.Foundation;
using Testbed.Models.Histories;
using Testbed.Wire;

namespace Testbed.Sim.Workloads;

/// <summary>
/// Sends records that tell who they are, and keeps what became of them. Every start is a new producer.
/// </summary>
internal sealed class ProducerProgram : IProduceListener
{
    private const long RetryMs = 200;
    private const long FlushMs = 60_000;
    private const long TopicTimeoutMs = 5_000;

    private readonly IShard _shard;
    private readonly Ghost _ghost;
    private readonly WorkloadSettings _settings;
    private readonly Prng _random;
    private readonly ClusterClient _cluster;
    private readonly Producer _producer;
    private readonly List<(int Partition, RecordIdentity Record)> _sent = [];    // by token
    private readonly long _number;

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
            LingerMs = _random.Between(0, 20),
            RequestTimeoutMs = 5_000,
            DeliveryTimeoutMs = 60_000,
            Keyless = KeylessPartitions.RoundRobin,
        });
    }

    public async EngineTask Run(long stopAtWorldMs, World world)
    {
        await MakeTopic();
        while (world.Now < new Instant(0).PlusMs(stopAtWorldMs))
        {
            Send();
            await _shard.Delay(_random.Between(1, _settings.SendPauseMsMax));
        }
        await _producer.Flush(_shard.Now.PlusMs(FlushMs));
        _ghost.ProducersDone.Add(_shard.Id.Node.Value);
    }

    public void OnProduced(long token, in ProduceResult result)
    {
        var (partition, record) = _sent[(int)token];
        if (result.IsStored && result.Offset != Offset.None)
        {
            _ghost.Check(
                _ghost.Partitions[partition].OnAcknowledged(result.Offset.Value, record), _shard.Id.Node);
        }
        else if (result.Status == ProduceStatus.Refused)
        {
            var problem =
                $"an idempotent producer is not refused: {record} got {result.Error} {result.Message}";
            _ghost.Check(problem, _shard.Id.Node);
        }
    }

    private async EngineTask MakeTopic()
    {
        var admin = new Admin(_cluster);
        var wish = new NewTopic(WorkloadSettings.Topic, _settings.PartitionCount, 1);
        while (true)
        {
            var made = await admin.CreateTopics([wish], TopicTimeoutMs);
            if (made.IsOk && made.Value[0].Error is ErrorCode.None or ErrorCode.TopicAlreadyExists)
            {
                return;
            }
            await _shard.Delay(RetryMs);
        }
    }

    private void Send()
    {
        if (!_producer.HasRoom)
        {
            return;
        }
        var partition = _random.Below(_settings.PartitionCount);
        var value = WorkloadValue.Make(_number, _sent.Count, _random.Below(_settings.ValueBytesMax), _random);
        var record = WorkloadValue.TryRead(value)!.Value;
        _ghost.Check(_ghost.Partitions[partition].OnSent(record), _shard.Id.Node);
        _sent.Add((partition, record));
        var wanted = new ProducerRecord(WorkloadSettings.Topic, null, value) { Partition = partition };
        _producer.Send(wanted, this, _sent.Count - 1);
    }
}
