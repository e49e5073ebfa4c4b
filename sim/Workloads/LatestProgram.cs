using System.Collections.Generic;
using Testbed.Client;
using Testbed.Foundation;

namespace Testbed.Sim.Workloads;

/// <summary>
/// Writes values of its own keys into the compacted topic, and deletes some. Every start has new keys: what
/// an earlier one left on its way may arrive late.
/// </summary>
internal sealed class LatestProgram : IProduceListener
{
    private const int KeyCount = 8;
    private const long FlushMs = 60_000;

    private readonly IShard _shard;
    private readonly Ghost _ghost;
    private readonly WorkloadSettings _settings;
    private readonly Prng _random;
    private readonly ClusterClient _cluster;
    private readonly Producer _producer;
    private readonly List<(long Key, long Number)> _sent = [];    // by token
    private readonly long _firstKey;

    public LatestProgram(IShard shard, Ghost ghost, WorkloadSettings settings, string brokerHost)
    {
        _shard = shard;
        _ghost = ghost;
        _settings = settings;
        _firstKey = ghost.ProducersStarted++ * KeyCount;
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
        });
    }

    public async EngineTask Run(long stopAtWorldMs, World world)
    {
        await new TopicCalls(_shard, _cluster).Make(
            new NewTopic(WorkloadSettings.LatestTopic, 1, 1) { Configs = WorkloadSettings.LatestConfigs });
        while (world.Now < new Instant(0).PlusMs(stopAtWorldMs))
        {
            if (_producer.HasRoom)
            {
                Send();
            }
            await _shard.Delay(_random.Between(1, _settings.SendPauseMsMax));
        }
        while (!await _producer.Flush(_shard.Now.PlusMs(FlushMs)))
        {
        }
        _ghost.ProducersDone.Add(_shard.Id.Node.Value);
    }

    public void OnProduced(long token, in ProduceResult result)
    {
        if (result.IsStored)
        {
            var (key, number) = _sent[(int)token];
            _ghost.Latest.OnAcknowledged(key, number);
        }
    }

    private void Send()
    {
        var key = _firstKey + _random.Below(KeyCount);
        var number = _sent.Count + 1;
        var isDeletion = _random.Chance(1, 5);
        _sent.Add((key, number));
        _ghost.Latest.OnSent(key, number, isDeletion);
        _producer.Send(
            LatestRecord.Make(key, number, isDeletion, _settings.ValueBytesMax, _random), this, number - 1);
    }
}
