using Testbed.Client;
using Testbed.Foundation;
using Testbed.Wire;

namespace Testbed.Tests.Sim;

/// <summary>A client that keeps a few records on their way, for ever, and counts what is stored.</summary>
internal sealed class SteadyProducer : IProduceListener
{
    private const int UnsettledMax = 4;
    private const int PartitionCount = 3;
    private const string Topic = "t";
    private const long TopicTimeoutMs = 5_000;

    private static readonly byte[] Value = new byte[100];

    private readonly IShard _shard;
    private readonly ClusterClient _cluster;
    private readonly Producer _producer;
    private int _next;    // partition of the next record

    public SteadyProducer(IShard shard, NetworkAddress broker)
    {
        _shard = shard;
        _cluster = new ClusterClient(shard, new ClusterOptions
        {
            Bootstrap = [broker],
            RequestTimeoutMs = 500,
        });
        _producer = new Producer(_cluster, new ProducerOptions { LingerMs = 0, RequestTimeoutMs = 500 });
    }

    public int StoredCount { get; private set; }

    public async EngineTask Run(long pauseMs)
    {
        var admin = new Admin(_cluster);
        while (!await IsMade(admin))
        {
            await _shard.Delay(pauseMs);
        }
        while (true)
        {
            if (_producer.UnsettledCount < UnsettledMax)
            {
                var record = new ProducerRecord(Topic, null, Value) { Partition = _next };
                _producer.Send(record, this, 0);
                _next = (_next + 1) % PartitionCount;
            }
            await _shard.Delay(pauseMs);
        }
    }

    private async EngineTask<bool> IsMade(Admin admin)
    {
        var made = await admin.CreateTopics([new NewTopic(Topic, PartitionCount, 1)], TopicTimeoutMs);
        return made.IsOk && made.Value[0].Error is ErrorCode.None or ErrorCode.TopicAlreadyExists;
    }

    public void OnProduced(long token, in ProduceResult result) => StoredCount += result.IsStored ? 1 : 0;
}
