using Testbed.Client;
using Testbed.Foundation;
using Testbed.Wire;

namespace Testbed.Sim.Workloads;

/// <summary>Reads the compacted topic from its beginning to its end, once.</summary>
internal sealed class LatestReader
{
    private const long PollMs = 1_000;
    private static readonly TopicPartition Partition = new(WorkloadSettings.LatestTopic, 0);

    private readonly IShard _shard;
    private readonly Ghost _ghost;
    private readonly ClusterClient _cluster;

    public LatestReader(IShard shard, Ghost ghost, string brokerHost)
    {
        _shard = shard;
        _ghost = ghost;
        _cluster = new ClusterClient(shard, new ClusterOptions
        {
            Bootstrap = [new NetworkAddress(brokerHost, WorkloadSettings.BrokerPort)],
            RequestTimeoutMs = 5_000,
        });
    }

    public async EngineTask Run()
    {
        var end = await new TopicCalls(_shard, _cluster).FindEnd(Partition);
        var consumer = new PartitionConsumer(_cluster, new ConsumerOptions
        {
            FetchWaitMs = 200,
            RequestTimeoutMs = 5_000,
        });
        consumer.Assign(Partition, Offset.Zero);
        var hasSeenEnd = end == Offset.Zero;
        while (!hasSeenEnd)
        {
            var poll = await consumer.Poll(PollMs);
            Take(poll);
            hasSeenEnd = consumer.Position(Partition) >= end;
        }
        _ghost.Check(_ghost.Latest.OnComplete(), _shard.Id.Node);
        _ghost.IsLatestRead = true;
    }

    private void Take(ConsumerPoll poll)
    {
        if (poll.Partition is null)
        {
            return;
        }
        if (poll.Error != ErrorCode.None)
        {
            _ghost.Check($"{Partition} can be read from {poll.Next}: got {poll.Error}", _shard.Id.Node);
            return;
        }
        foreach (var record in poll.Records)
        {
            var read = LatestRecord.Read(record);
            _ghost.Check(
                read is { } there
                    ? _ghost.Latest.OnRead(there.Key, there.Number)
                    : $"offset {record.Offset} of {Partition} holds a record that was sent",
                _shard.Id.Node);
        }
    }
}
