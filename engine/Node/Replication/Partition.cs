using System;
using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Node.Settings;
using Testbed.Wire;

namespace Testbed.Node.Replication;

/// <summary>
/// One partition that this node leads: its log, how far it is committed, and who waits for more. With one
/// replica the high watermark is what the log has written; followers will hold it back.
/// </summary>
public sealed class Partition : ILogListener
{
    private readonly Queue<Wait> _waits = new();                     // ascending by End
    private readonly List<IPartitionWatcher> _watchers = [];

    public Partition(
        TopicPartition name, Uuid topicId, PartitionLog log, LeaderEpoch epoch, TopicSettings settings)
    {
        Name = name;
        TopicId = topicId;
        Log = log;
        Epoch = epoch;
        Settings = settings;
        log.Listen(this);
        if (!log.IsOffline)
        {
            log.Epochs.Assign(epoch, log.EndOffset);
            log.Producers.OnHighWatermark(HighWatermark);
        }
    }

    public TopicPartition Name { get; }

    public Uuid TopicId { get; }

    public PartitionLog Log { get; }

    public LeaderEpoch Epoch { get; }

    public TopicSettings Settings { get; private set; }

    /// <summary>Committed records lie below; consumers read up to here.</summary>
    public Offset HighWatermark => Log.WrittenEnd;

    /// <summary>
    /// Readers of committed records read up to here: every transaction below is decided (KIP-98).
    /// </summary>
    public Offset LastStableOffset => Log.Producers.LastStableOffset(HighWatermark);

    /// <summary>True once the topic is deleted: nothing may be asked of the partition any more.</summary>
    public bool IsDeleted { get; private set; }

    public void Apply(TopicSettings settings)
    {
        Settings = settings;
        Log.Apply(settings.Log);
    }

    /// <summary>Whether a client's idea of the leader epoch fits (KIP-320); -1 is no idea.</summary>
    public ErrorCode CheckEpoch(int clientEpoch)
    {
        if (clientEpoch < 0 || clientEpoch == Epoch.Value)
        {
            return ErrorCode.None;
        }
        return clientEpoch < Epoch.Value ? ErrorCode.FencedLeaderEpoch : ErrorCode.UnknownLeaderEpoch;
    }

    /// <summary>Appends a batch that has passed all checks; the lease keeps its bytes alive.</summary>
    public AppendedBatch Append(Memory<byte> batch, Lease? owner) => Log.Append(batch, owner, Epoch);

    /// <summary>
    /// Tells the waiter, now or later, when everything below <paramref name="end"/> is committed.
    /// </summary>
    public void WaitFor(Offset end, IAppendWaiter waiter, int tag)
    {
        if (HighWatermark >= end)
        {
            waiter.OnCommitted(tag, ErrorCode.None);
        }
        else
        {
            _waits.Enqueue(new Wait(end, waiter, tag));
        }
    }

    public void Watch(IPartitionWatcher watcher) => _watchers.Add(watcher);

    public void Unwatch(IPartitionWatcher watcher) => _watchers.Remove(watcher);

    public void OnWritten(PartitionLog log, long addedBytes)
    {
        log.Producers.OnHighWatermark(HighWatermark);
        while (_waits.TryPeek(out var wait) && wait.End <= HighWatermark)
        {
            _waits.Dequeue();
            wait.Waiter.OnCommitted(wait.Tag, ErrorCode.None);
        }
        TellWatchers(addedBytes);
    }

    public void OnOffline(PartitionLog log) => FailWaits(ErrorCode.KafkaStorageError);

    /// <summary>The topic is gone: whoever waits is told.</summary>
    public void BecomeDeleted()
    {
        IsDeleted = true;
        FailWaits(ErrorCode.UnknownTopicOrPartition);
    }

    private void FailWaits(ErrorCode error)
    {
        while (_waits.TryDequeue(out var wait))
        {
            wait.Waiter.OnCommitted(wait.Tag, error);
        }
        TellWatchers(-1);
    }

    private void TellWatchers(long addedBytes)
    {
        // A watcher that is told may take itself away.
        for (var i = _watchers.Count - 1; i >= 0; i--)
        {
            if (i < _watchers.Count)
            {
                _watchers[i].OnProgress(this, addedBytes);
            }
        }
    }

    private readonly record struct Wait(Offset End, IAppendWaiter Waiter, int Tag);
}
