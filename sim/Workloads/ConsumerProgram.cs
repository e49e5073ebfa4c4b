using System.Collections.Generic;
using Testbed.Client;
using Testbed.Foundation;
using Testbed.Models.Histories;
using Testbed.Wire;

namespace Testbed.Sim.Workloads;

/// <summary>Reads every partition from its beginning and compares with the history.</summary>
internal sealed class ConsumerProgram
{
    private const long PollMs = 1_000;

    private readonly IShard _shard;
    private readonly Ghost _ghost;
    private readonly ClusterClient _cluster;
    private readonly PartitionConsumer _consumer;
    private readonly List<List<RecordIdentity>> _read = [];    // by partition; offset i at index i

    public ConsumerProgram(IShard shard, Ghost ghost, string brokerHost)
    {
        _shard = shard;
        _ghost = ghost;
        _cluster = new ClusterClient(shard, new ClusterOptions
        {
            Bootstrap = [new NetworkAddress(brokerHost, WorkloadSettings.BrokerPort)],
            RequestTimeoutMs = 5_000,
        });
        _consumer = new PartitionConsumer(_cluster, new ConsumerOptions
        {
            FetchWaitMs = 200,
            PartitionBytesMax = (int)shard.Random("workload").Between(500, 200_000),
            RequestTimeoutMs = 5_000,
        });
        for (var i = 0; i < ghost.Partitions.Count; i++)
        {
            _read.Add([]);
        }
    }

    /// <summary>Follows the log for ever.</summary>
    public async EngineTask Follow()
    {
        AssignAll();
        while (true)
        {
            Take(await _consumer.Poll(PollMs));
        }
    }

    /// <summary>Reads to the end of every partition and lets the history judge the whole.</summary>
    public async EngineTask ReadBack()
    {
        var ends = new List<Offset>();
        var calls = new TopicCalls(_shard, _cluster);
        for (var i = 0; i < _read.Count; i++)
        {
            ends.Add(await calls.FindEnd(new TopicPartition(WorkloadSettings.Topic, i)));
        }
        AssignAll();
        while (!HasReadTo(ends))
        {
            Take(await _consumer.Poll(PollMs));
        }
        for (var i = 0; i < _read.Count; i++)
        {
            _ghost.Check(_ghost.Partitions[i].OnComplete(_read[i]), _shard.Id.Node);
        }
        _ghost.IsReadBack = true;
    }

    private void AssignAll()
    {
        for (var i = 0; i < _read.Count; i++)
        {
            _consumer.Assign(new TopicPartition(WorkloadSettings.Topic, i), Offset.Zero);
        }
    }

    private bool HasReadTo(List<Offset> ends)
    {
        for (var i = 0; i < ends.Count; i++)
        {
            if (_read[i].Count < ends[i].Value)
            {
                return false;
            }
        }
        return true;
    }

    private void Take(ConsumerPoll poll)
    {
        if (poll.Partition is not { } partition)
        {
            return;
        }
        if (poll.Error != ErrorCode.None)
        {
            _ghost.Check($"{partition} can be read from {poll.Next}: got {poll.Error}", _shard.Id.Node);
            return;
        }
        foreach (var record in poll.Records)
        {
            Take(partition.Partition, record);
        }
    }

    private void Take(int partition, ConsumedRecord record)
    {
        var read = _read[partition];
        var expected = read.Count;
        if (record.Offset.Value != expected)
        {
            _ghost.Check(
                $"offsets have no gap: {record.Offset} came where {expected} was next", _shard.Id.Node);
            return;
        }
        if (WorkloadRecord.IdentityOf(record) is not { } identity)
        {
            _ghost.Check($"offset {record.Offset} holds a record that was sent", _shard.Id.Node);
            return;
        }
        read.Add(identity);
        _ghost.Check(_ghost.Partitions[partition].OnRead(record.Offset.Value, identity), _shard.Id.Node);
    }
}
