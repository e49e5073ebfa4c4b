using Testbed.Foundation;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Client;

/// <summary>
/// Asks leaders where their partitions begin and end, and where a point of time lies (ListOffsets).
/// </summary>
public sealed class OffsetFinder(ClusterClient cluster)
{
    /// <summary>
    /// Instead of a timestamp: the end, behind the last record that the isolation level lets see.
    /// </summary>
    public const long Latest = -1;

    /// <summary>Instead of a timestamp: the first record kept.</summary>
    public const long Earliest = -2;

    private const short VersionMin = 2;
    private const int NoReplica = -1;

    /// <summary>
    /// The first offset whose record has this timestamp (milliseconds since 1970) or a later one, or <see
    /// cref="Latest"/> or <see cref="Earliest"/>. Errors that may pass are tried again until the deadline.
    /// </summary>
    public async EngineTask<OffsetAnswer> Find(
        TopicPartition partition, long timestampMs, IsolationLevel isolation, Instant deadline)
    {
        var backoff = cluster.NewBackoff("client.offset-retry");
        while (true)
        {
            var answer = await FindOnce(partition, timestampMs, isolation, deadline);
            var pauseMs = backoff.NextMs();
            var isTooLate = cluster.IsClosed || cluster.Shard.Now.PlusMs(pauseMs) >= deadline;
            if (!answer.Error.IsRetriable() || isTooLate)
            {
                return answer;
            }
            cluster.MarkStale(partition.Topic);
            await cluster.Shard.Delay(pauseMs);
        }
    }

    private async EngineTask<OffsetAnswer> FindOnce(
        TopicPartition partition, long timestampMs, IsolationLevel isolation, Instant deadline)
    {
        var leader = await cluster.FindLeader(partition, deadline);
        var leftMs = deadline.MsSince(cluster.Shard.Now);
        if (!leader.IsFound || leftMs <= 0)
        {
            return Failed(leader.IsFound ? ErrorCode.RequestTimedOut : leader.Error);
        }
        var request = RequestFor(partition, leader.Leader, timestampMs, isolation);
        request.TimeoutMs = (int)long.Min(leftMs, cluster.Options.RequestTimeoutMs);
        var terms = new RequestTerms(request.TimeoutMs, VersionMin);
        var outcome = await cluster.Send<ListOffsetsResponse>(leader.Leader.Node, request, terms);
        return outcome.TryResponse(out var response) ? Read(response, partition) : Failed(outcome.Error);
    }

    private static ListOffsetsRequest RequestFor(
        TopicPartition partition, PartitionLeader leader, long timestampMs, IsolationLevel isolation)
    {
        var topic = new ListOffsetsRequestTopic { Name = partition.Topic };
        topic.Partitions.Add(new ListOffsetsRequestPartition
        {
            PartitionIndex = partition.Partition,
            CurrentLeaderEpoch = leader.Epoch.Value,
            Timestamp = timestampMs,
        });
        return new ListOffsetsRequest
        {
            ReplicaId = NoReplica,
            IsolationLevel = (sbyte)isolation,
            Topics = [topic],
        };
    }

    private static OffsetAnswer Read(ListOffsetsResponse response, TopicPartition partition)
    {
        var topic = response.Topics.Find(other => other.Name == partition.Topic);
        var answer = topic?.Partitions.Find(other => other.PartitionIndex == partition.Partition);
        return answer is null
            ? Failed(ErrorCode.UnknownServerError)
            : new OffsetAnswer(answer.ErrorCode, new Offset(answer.Offset), answer.Timestamp);
    }

    private static OffsetAnswer Failed(ErrorCode error) => new(error, Offset.None, OffsetFinder.Latest);
}
