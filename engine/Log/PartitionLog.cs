using System;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// One partition's log: gives batches their offsets, brings them to the disk and finds them again. Owns the
/// segments, the leader epochs and the producers' state; who leads, who waits and how far readers may read is
/// its caller's. Offsets: StartOffset &lt;= WrittenEnd &lt;= EndOffset.
/// </summary>
public sealed class PartitionLog : ILogWriterOwner
{
    private readonly IShard _shard;
    private readonly LogStore _store;
    private readonly LogWriter _writer;
    private readonly LogReader _reader;
    private ILogListener? _listener;

    internal PartitionLog(
        IShard shard, TopicPartition partition, LogStore store, LogSettings settings, LogState state)
    {
        _shard = shard;
        _store = store;
        _writer = new LogWriter(shard, store, settings, this);
        _reader = new LogReader(shard, store);
        Partition = partition;
        StartOffset = state.StartOffset;
        EndOffset = state.EndOffset;
        WrittenEnd = state.EndOffset;
        Epochs = state.Epochs;
        Producers = state.Producers;
        OfflineReason = state.OfflineReason;
    }

    public TopicPartition Partition { get; }

    /// <summary>The partition's directory inside its log directory.</summary>
    public string Directory => _store.Directory;

    public IDisk Disk => _store.Disk;

    /// <summary>Records below are deleted, whether or not their bytes are still there.</summary>
    public Offset StartOffset { get; private set; }

    /// <summary>Kafka's log end offset: the next record's offset.</summary>
    public Offset EndOffset { get; private set; }

    /// <summary>Records below are in the file, and synced where the topic asks for that.</summary>
    public Offset WrittenEnd { get; private set; }

    public LeaderEpochs Epochs { get; }

    public ProducerStates Producers { get; }

    /// <summary>Why the log is offline, for people; null while it works.</summary>
    public string? OfflineReason { get; private set; }

    public bool IsOffline => OfflineReason is not null;

    public void Listen(ILogListener listener) => _listener = listener;

    public void Apply(LogSettings settings) => _writer.Apply(settings);

    /// <summary>
    /// Gives a checked batch the next offsets, patches them and the epoch into its header and hands it to the
    /// writer. The bytes belong to the log until they are written; <paramref name="owner"/>, held once more
    /// here, keeps them alive.
    /// </summary>
    public AppendedBatch Append(Memory<byte> batch, Lease? owner, LeaderEpoch epoch)
    {
        Invariant.Assert(!IsOffline);
        Invariant.Assert(epoch >= Epochs.Latest);
        var stored = StoredBatch.Place(batch.Span, EndOffset, epoch);
        Invariant.Assert(stored.SizeBytes == batch.Length);

        Epochs.Assign(epoch, stored.BaseOffset);
        Producers.OnAppended(stored.Producer, stored.BaseOffset, stored.EndOffset, stored.MaxTimestampMs);
        EndOffset = stored.EndOffset;
        _writer.Add(new PendingBatch(stored.Span, batch, owner?.Retain()));

        if (_shard.Trace.IsListening)
        {
            _shard.Trace.Emit(
                new BatchAppended(Partition, stored.BaseOffset, stored.EndOffset, epoch, stored.Crc));
        }
        return new AppendedBatch(stored.BaseOffset, stored.EndOffset);
    }

    /// <summary>
    /// Batches for a fetch; see <see cref="LogReader.Read"/>. The bound is at most <see cref="WrittenEnd"/>.
    /// </summary>
    public EngineTask<LogSlice> Read(Offset from, Offset bound, int maxBytes, bool atLeastOne)
    {
        Invariant.Assert(from >= StartOffset);
        Invariant.Assert(bound <= WrittenEnd);
        return _reader.Read(from, bound, maxBytes, atLeastOne);
    }

    /// <summary>
    /// The first record below <paramref name="bound"/> that is at least as late; null when there is none.
    /// </summary>
    public EngineTask<TimestampedOffset?> FindByTimestamp(long timestampMs, Offset bound) =>
        new TimestampSearch(_shard, _store).First(timestampMs, StartOffset, bound);

    /// <summary>
    /// The first record below <paramref name="bound"/> with the largest timestamp; null in an empty log.
    /// </summary>
    public EngineTask<TimestampedOffset?> FindMaxTimestamp(Offset bound) =>
        new TimestampSearch(_shard, _store).Latest(StartOffset, bound);

    /// <summary>
    /// Deletes the records below <paramref name="start"/> logically (DeleteRecords). Never moves back.
    /// </summary>
    public void AdvanceStart(Offset start)
    {
        Invariant.Assert(start <= WrittenEnd);
        StartOffset = Offset.Max(StartOffset, start);
    }

    /// <summary>Completes when nothing is on its way to the disk any more.</summary>
    public EngineOp<bool> Finish() => _writer.WhenIdle();

    /// <summary>Closes the files. The log is not used afterwards.</summary>
    public void Close() => _store.CloseAll();

    void ILogWriterOwner.OnGroupWritten(Offset end, bool isSynced)
    {
        Invariant.Assert(end > WrittenEnd);
        Invariant.Assert(end <= EndOffset);
        WrittenEnd = end;
        if (_shard.Trace.IsListening)
        {
            _shard.Trace.Emit(new LogWritten(Partition, end, isSynced));
        }
        _listener?.OnWritten(this);
    }

    void ILogWriterOwner.OnWriteFailed(IoStatus status)
    {
        OfflineReason = status == IoStatus.NoSpace
            ? $"log directory {Disk.Name} is full"
            : $"writing to log directory {Disk.Name} failed";
        if (_shard.Trace.IsListening)
        {
            _shard.Trace.Emit(new LogWentOffline(Partition, OfflineReason));
        }
        _listener?.OnOffline(this);
    }
}
