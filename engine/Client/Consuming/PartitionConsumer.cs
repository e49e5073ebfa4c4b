using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Wire;

namespace Testbed.Client;

/// <summary>
/// Reads partitions that its caller names, each from an offset that its caller names; no group, nothing
/// committed. Everything that arrives is checked by its checksum. One <see cref="Poll"/> at a time.
/// </summary>
public sealed class PartitionConsumer
{
    private readonly ClusterClient _cluster;
    private readonly IShard _shard;
    private readonly ConsumerOptions _options;
    private readonly Fetcher _fetcher;
    private readonly List<AssignedPartition> _partitions = [];    // in order of assignment
    private int _turn;                                            // whose turn it is to be given out
    private bool _isPolling;
    private bool _isClosed;

    public PartitionConsumer(ClusterClient cluster, ConsumerOptions options)
    {
        _cluster = cluster;
        _shard = cluster.Shard;
        _options = options;
        _fetcher = new Fetcher(cluster, options);
    }

    /// <summary>
    /// Reads the partition from an offset, which is not negative. Not for one that is read already.
    /// </summary>
    public void Assign(TopicPartition partition, Offset from)
    {
        Invariant.Assert(from >= Offset.Zero);
        Invariant.Assert(Find(partition) is null);
        _partitions.Add(new AssignedPartition(partition, from, _cluster.NewBackoff("client.fetch-retry")));
        _fetcher.WakeAll();
    }

    /// <summary>Reads the partition no longer. False when it was not read.</summary>
    public bool Unassign(TopicPartition partition)
    {
        var assigned = Find(partition);
        assigned?.Seek(assigned.Position);
        return assigned is not null && _partitions.Remove(assigned);
    }

    /// <summary>Goes on reading an assigned partition from there; ends its rest after an error.</summary>
    public void Seek(TopicPartition partition, Offset to)
    {
        var assigned = Find(partition);
        Invariant.Assert(assigned is not null);
        assigned.Seek(to);
        _fetcher.WakeAll();
    }

    /// <summary>The offset of an assigned partition that is given out next.</summary>
    public Offset Position(TopicPartition partition)
    {
        var assigned = Find(partition);
        Invariant.Assert(assigned is not null);
        return assigned.Position;
    }

    /// <summary>
    /// Records of one partition, as soon as there are some; partitions take turns. An error of one; or
    /// nothing, after
    /// <paramref name="waitMs"/> milliseconds.
    /// </summary>
    public async EngineTask<ConsumerPoll> Poll(long waitMs)
    {
        Invariant.Assert(!_isPolling);
        _isPolling = true;
        var deadline = _shard.Now.PlusMs(waitMs);
        var isThereTime = true;
        var poll = ConsumerPoll.Nothing;
        while (!_isClosed && !TryTake(out poll) && isThereTime)
        {
            isThereTime = await WaitForNews(deadline);
        }
        _isPolling = false;
        return poll;
    }

    /// <summary>Gives up all partitions; a poll that waits ends with nothing.</summary>
    public void Close()
    {
        _isClosed = true;
        _partitions.Clear();
        _fetcher.Release();
    }

    private AssignedPartition? Find(TopicPartition id) => _partitions.Find(partition => partition.Id == id);

    /// <summary>False at the deadline.</summary>
    private async EngineTask<bool> WaitForNews(Instant deadline)
    {
        _fetcher.Start(_partitions);
        var until = EarliestRetry(deadline);
        return await _fetcher.WaitForArrival(until) || until < deadline;
    }

    /// <summary>The end of the first pause, or the deadline where that is earlier.</summary>
    private Instant EarliestRetry(Instant deadline)
    {
        var earliest = deadline;
        foreach (var partition in _partitions)
        {
            var isPausing = !partition.HasSomething && !partition.IsResting && !partition.IsInFlight
                && partition.RetryAt > _shard.Now;
            earliest = isPausing && partition.RetryAt < earliest ? partition.RetryAt : earliest;
        }
        return earliest;
    }

    private bool TryTake(out ConsumerPoll poll)
    {
        for (var i = 0; i < _partitions.Count; i++)
        {
            var partition = _partitions[(_turn + i) % _partitions.Count];
            if (partition.HasSomething)
            {
                _turn = (_turn + i + 1) % _partitions.Count;
                poll = Take(partition);
                _fetcher.Start(_partitions);
                return true;
            }
        }
        poll = ConsumerPoll.Nothing;
        return false;
    }

    private ConsumerPoll Take(AssignedPartition partition)
    {
        var records = new List<ConsumedRecord>();
        var highWatermark = Offset.None;
        if (partition.Fetched is { } fetched)
        {
            highWatermark = fetched.HighWatermark;
            var position = partition.Position;
            var error = ErrorCode.None;
            while (error == ErrorCode.None && !fetched.IsEmpty && records.Count < _options.PollRecordsMax)
            {
                error = fetched.DecodeNext(ref position, records);
            }
            partition.Position = position;
            End(partition, fetched, error);
        }
        var told = records.Count == 0 ? TakeError(partition) : ErrorCode.None;
        return new ConsumerPoll(partition.Id, told, records, partition.Position, highWatermark);
    }

    private static void End(AssignedPartition partition, FetchedBytes fetched, ErrorCode error)
    {
        if (error != ErrorCode.None)
        {
            partition.OnFailed(error);
        }
        else if (fetched.IsEmpty)
        {
            partition.OnEmptied();
        }
    }

    private static ErrorCode TakeError(AssignedPartition partition) =>
        partition.Error == ErrorCode.None ? ErrorCode.None : partition.TakeError();
}
