using Testbed.Client;
using Testbed.Foundation;
using Testbed.Wire;

namespace Testbed.Sim.Workloads;

/// <summary>What clients of a workload ask about a topic, again and again until the broker answers.</summary>
internal sealed class TopicCalls(IShard shard, ClusterClient cluster)
{
    private const long MakeRetryMs = 200;
    private const long MakeTimeoutMs = 5_000;
    private const long LookupRetryMs = 1_000;
    private const long LookupTimeoutMs = 10_000;

    private readonly Admin _admin = new(cluster);

    /// <summary>Completes once the topic is there, whoever has made it.</summary>
    public async EngineTask Make(NewTopic wish)
    {
        while (true)
        {
            var made = await _admin.CreateTopics([wish], MakeTimeoutMs);
            if (made.IsOk && made.Value[0].Error is ErrorCode.None or ErrorCode.TopicAlreadyExists)
            {
                return;
            }
            await shard.Delay(MakeRetryMs);
        }
    }

    /// <summary>The partition's end.</summary>
    public async EngineTask<Offset> FindEnd(TopicPartition partition)
    {
        while (true)
        {
            var end = await _admin.ListOffset(
                partition, OffsetFinder.Latest, IsolationLevel.ReadUncommitted, LookupTimeoutMs);
            if (end.Error == ErrorCode.None)
            {
                return end.Offset;
            }
            await shard.Delay(LookupRetryMs);
        }
    }
}
