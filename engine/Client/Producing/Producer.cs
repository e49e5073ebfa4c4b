using System.Collections.Generic;
using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Wire;

namespace Testbed.Client;

/// <summary>
/// Sends records: chooses their partitions, gathers them in batches, has those sent and sent again, and tells
/// each record's result within the delivery timeout. Holds a bounded number of bytes.
/// </summary>
public sealed class Producer : IBatchOwner, IDeadlineSink<ProducerAlarm>, IWork
{
    private readonly ClusterClient _cluster;
    private readonly IShard _shard;
    private readonly ProducerOptions _options;
    private readonly Partitioner _partitioner;
    private readonly ProduceSender _sender;
    private readonly DeadlineQueue<ProducerAlarm> _alarms;
    private readonly Dictionary<TopicPartition, ProducerPartition> _partitions = [];
    private readonly Queue<(ProducerBatch Batch, ProduceResult First)> _untold = new();
    private readonly Queue<(IProduceListener Listener, long Token, ProduceResult Result)> _rejected = new();
    private readonly WaitList _roomWaits;
    private readonly WaitList _idleWaits;
    private long _bufferedBytes;      // of records in batches that are not settled
    private bool _isTellingPosted;
    private bool _isClosed;

    public Producer(ClusterClient cluster, ProducerOptions options)
    {
        Invariant.Assert(!options.IsIdempotent || options.Acks == Acks.All);
        Invariant.Assert(options.InFlightMax >= 1 && (
            !options.IsIdempotent || options.InFlightMax <= ProducerSequence.BatchesRemembered));
        Invariant.Assert(options.LingerMs >= 0 && options.LingerMs < options.DeliveryTimeoutMs);
        _cluster = cluster;
        _shard = cluster.Shard;
        _options = options;
        _partitioner = new Partitioner(options, _shard.Random("client.partitions"));
        _sender = new ProduceSender(cluster, options, this);
        _alarms = new DeadlineQueue<ProducerAlarm>(_shard, this);
        _roomWaits = new WaitList(_shard);
        _idleWaits = new WaitList(_shard);
    }

    /// <summary>Records that have no result yet.</summary>
    public long UnsettledCount { get; private set; }

    /// <summary>False while the buffer is full: a record sent now is not taken.</summary>
    public bool HasRoom => _bufferedBytes < _options.BufferBytesMax;

    /// <summary>Completes with true when there is room again, with false at the deadline.</summary>
    public EngineOp<bool> WaitForRoom(Instant deadline) => Wait(_roomWaits, HasRoom, deadline);

    /// <summary>
    /// Learns how many partitions a topic has, which must be known before records without a partition can be
    /// sent. None when it is known; at the deadline what was in the way.
    /// </summary>
    public async EngineTask<ErrorCode> Prepare(string topic, Instant deadline)
    {
        var lookup = await _cluster.FindTopic(topic, deadline);
        return lookup.Error;
    }

    /// <summary>Sends a record. Completes with its result.</summary>
    public EngineOp<ProduceResult> Send(in ProducerRecord record)
    {
        var receipt = new ProduceReceipt(_shard);
        Send(record, receipt, 0);
        return receipt.Done;
    }

    /// <summary>
    /// Sends a record. Its result is told to the listener, with the token, in a later unit of work.
    /// </summary>
    public void Send(in ProducerRecord record, IProduceListener listener, long token)
    {
        UnsettledCount++;
        if (!TryChoose(record, out var partition, out var rejection))
        {
            _rejected.Enqueue((listener, token, rejection));
            PostTelling();
            return;
        }
        var owner = PartitionOf(partition);
        var batchBefore = owner.Open;
        var batch = owner.Append(record, record.TimestampMs ?? _shard.WallMs);
        batch.Add(listener, token, record.SizeBytes);
        _bufferedBytes += record.SizeBytes;
        _sender.List(owner);
        if (!ReferenceEquals(batch, batchBefore))
        {
            Begin(batch, batchBefore);
        }
        if (owner.IsFull || _options.LingerMs == 0)
        {
            _sender.PostTurn();
        }
    }

    /// <summary>
    /// Sends all that lingers. Completes with true when no record waits for its result, with false at the
    /// deadline.
    /// </summary>
    public EngineOp<bool> Flush(Instant deadline)
    {
        foreach (var partition in _sender.Listed)
        {
            Ripen(partition.Open);
        }
        _sender.PostTurn();
        return Wait(_idleWaits, UnsettledCount == 0, deadline);
    }

    /// <summary>Ends the producer: records without a result get the status Closed.</summary>
    public void Close()
    {
        if (_isClosed)
        {
            return;
        }
        _isClosed = true;
        _sender.Close();
        _roomWaits.WakeAll();
    }

    void IWork.Run(long token)
    {
        _isTellingPosted = false;
        while (_untold.TryDequeue(out var settled))
        {
            UnsettledCount -= settled.Batch.RecordCount;
            settled.Batch.Tell(settled.First);
        }
        while (_rejected.TryDequeue(out var rejected))
        {
            UnsettledCount--;
            rejected.Listener.OnProduced(rejected.Token, rejected.Result);
        }
        if (UnsettledCount == 0)
        {
            _idleWaits.WakeAll();
        }
    }

    void IBatchOwner.OnSettled(ProducerBatch batch, in ProduceResult first)
    {
        Invariant.Assert(batch.State == BatchState.Settled);
        _alarms.Remove(batch.LingerRow);
        _alarms.Remove(batch.DeliveryRow);
        _bufferedBytes -= batch.BufferedBytes;
        if (!batch.IsTold)
        {
            TellLater(batch, first);
        }
        if (HasRoom)
        {
            _roomWaits.WakeAll();
        }
    }

    void IDeadlineSink<ProducerAlarm>.OnDeadline(ProducerAlarm row)
    {
        var batch = row.Batch;
        if (row.IsLinger)
        {
            Ripen(batch);
        }
        else
        {
            Expire(batch);
        }
        _sender.PostTurn();
    }

    private static EngineOp<bool> Wait(WaitList list, bool isOver, Instant deadline)
    {
        var wait = list.Wait(deadline);
        if (isOver)
        {
            list.WakeAll();
        }
        return wait;
    }

    /// <summary>The partition for a record, or the result of one that is not taken.</summary>
    private bool TryChoose(
        in ProducerRecord record, out TopicPartition partition, out ProduceResult rejection)
    {
        partition = new TopicPartition(record.Topic, record.Partition ?? -1);
        if (record.Partition is null
            && _cluster.Metadata.TryTopic(record.Topic, out var topic)
            && topic.PartitionCount > 0)
        {
            partition = partition with { Partition = _partitioner.Choose(topic, record) };
        }
        rejection = Rejection(record, partition);
        return rejection.IsStored;
    }

    /// <summary>Stored stands for "taken".</summary>
    private ProduceResult Rejection(in ProducerRecord record, TopicPartition partition)
    {
        if (_isClosed || _cluster.IsClosed)
        {
            return new ProduceResult(ProduceStatus.Closed, partition);
        }
        if (!HasRoom)
        {
            return new ProduceResult(ProduceStatus.NoRoom, partition);
        }
        var error = ErrorCode.None;
        if (partition.Partition < 0)
        {
            error = ErrorCode.UnknownTopicOrPartition;
        }
        else if (record.SizeBytes > _options.RequestBytesMax)
        {
            error = ErrorCode.MessageTooLarge;
        }
        else if (!Codecs.IsAvailable(_options.Codec))
        {
            error = ErrorCode.UnsupportedCompressionType;
        }
        return error == ErrorCode.None
            ? new ProduceResult(ProduceStatus.Stored, partition)
            : new ProduceResult(ProduceStatus.Refused, partition) { Error = error };
    }

    private ProducerPartition PartitionOf(TopicPartition id)
    {
        if (!_partitions.TryGetValue(id, out var partition))
        {
            var backoff = _cluster.NewBackoff("client.produce-retry");
            partition = new ProducerPartition(id, _options, _shard.Buffers, backoff);
            _partitions.Add(id, partition);
        }
        return partition;
    }

    /// <summary>A batch was begun, because the one before was full or there was none.</summary>
    private void Begin(ProducerBatch batch, ProducerBatch? before)
    {
        batch.DeliveryRow = _alarms.Add(
            _shard.Now.PlusMs(_options.DeliveryTimeoutMs), new ProducerAlarm(batch, IsLinger: false));
        if (_options.LingerMs > 0)
        {
            batch.LingerRow = _alarms.Add(
                _shard.Now.PlusMs(_options.LingerMs), new ProducerAlarm(batch, IsLinger: true));
        }
        if (before is not null)
        {
            _sender.PostTurn();
        }
    }

    private static void Ripen(ProducerBatch? batch)
    {
        if (batch is not null)
        {
            batch.IsRipe = true;
        }
    }

    private void Expire(ProducerBatch batch)
    {
        _shard.Trace.Mark("client.producer-expired");
        var isInFlight = batch.State == BatchState.InFlight;
        batch.MayBeStored |= isInFlight;
        var result = ProduceSettler.Failure(batch, ProduceStatus.TimedOut, batch.LastError);
        if (batch.Partition.TryExpire(batch))
        {
            ((IBatchOwner)this).OnSettled(batch, result);
        }
        else
        {
            TellLater(batch, result);
        }
    }

    private void TellLater(ProducerBatch batch, in ProduceResult first)
    {
        _untold.Enqueue((batch, first));
        PostTelling();
    }

    private void PostTelling()
    {
        if (!_isTellingPosted)
        {
            _isTellingPosted = true;
            _shard.Post(this, 0);
        }
    }
}
