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
    private LogSettings _settings;
    private int _holders;                   // readers that may touch the files
    private EngineOp<bool>? _whenClosed;    // set once the log is closed, or to be closed

    internal PartitionLog(
        IShard shard, TopicPartition partition, LogStore store, LogSettings settings, LogState state)
    {
        _shard = shard;
        _settings = settings;
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

    public void Apply(LogSettings settings)
    {
        _settings = settings;
        _writer.Apply(settings);
    }

    /// <summary>
    /// Decides on a batch by its producer's sequence; see <see cref="ProducerStates.CanAppend"/>. Producers
    /// that have been idle for too long are forgotten first.
    /// </summary>
    public SequenceVerdict CanAppend(in SequencedBatch batch)
    {
        Producers.Expire(_shard.Now, _settings.ProducerExpirationMs);
        return Producers.CanAppend(batch);
    }

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
        Producers.OnAppended(stored, batch.Span, _shard.Now);
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
    /// Who reads a log that may be closed meanwhile holds it until the slice is sent.
    /// </summary>
    public EngineTask<LogSlice> Read(Offset from, Offset bound, int maxBytes, bool atLeastOne)
    {
        Invariant.Assert(from >= StartOffset);
        Invariant.Assert(bound <= WrittenEnd);
        return _reader.Read(from, bound, maxBytes, atLeastOne);
    }

    /// <summary>
    /// The first record below <paramref name="bound"/> that is at least as late, if there is one.
    /// </summary>
    public async EngineTask<TimeSearchResult> FindByTimestamp(long timestampMs, Offset bound)
    {
        Hold();
        var found = await new TimestampSearch(_shard, _store).First(timestampMs, StartOffset, bound);
        LetGo();
        return found;
    }

    /// <summary>
    /// The first record below <paramref name="bound"/> with the largest timestamp, if there is any record.
    /// </summary>
    public async EngineTask<TimeSearchResult> FindMaxTimestamp(Offset bound)
    {
        Hold();
        var found = await new TimestampSearch(_shard, _store).Latest(StartOffset, bound);
        LetGo();
        return found;
    }

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

    /// <summary>
    /// A reader will touch the files: they stay open until it has let go, also when the log is closed
    /// meanwhile. A range that a connection has taken over needs no holder any more.
    /// </summary>
    public void Hold()
    {
        Invariant.Assert(_whenClosed is null);
        _holders++;
    }

    /// <summary>One reader is done.</summary>
    public void LetGo()
    {
        Invariant.Assert(_holders > 0);
        _holders--;
        CloseIfUnheld();
    }

    /// <summary>
    /// Closes the files, once nobody holds them any more, and completes then. The log is not used afterwards.
    /// </summary>
    public EngineOp<bool> Close()
    {
        Invariant.Assert(_whenClosed is null);
        _whenClosed = new EngineOp<bool>(_shard);
        var closed = _whenClosed;
        CloseIfUnheld();
        return closed;
    }

    void ILogWriterOwner.OnGroupWritten(Offset end, long sizeBytes, bool isSynced)
    {
        Invariant.Assert(end > WrittenEnd);
        Invariant.Assert(end <= EndOffset);
        WrittenEnd = end;
        if (_shard.Trace.IsListening)
        {
            _shard.Trace.Emit(new LogWritten(Partition, end, isSynced));
        }
        _listener?.OnWritten(this, sizeBytes);
    }

    void ILogWriterOwner.OnWriteFailed(IoStatus status)
    {
        OfflineReason = status switch
        {
            IoStatus.NoSpace => $"log directory {Disk.Name} is full",
            IoStatus.TooManyOpen => $"too many files are open to make another in log directory {Disk.Name}",
            _ => $"writing to log directory {Disk.Name} failed",
        };
        if (_shard.Trace.IsListening)
        {
            _shard.Trace.Emit(new LogWentOffline(Partition, OfflineReason));
        }
        _listener?.OnOffline(this);
    }

    private void CloseIfUnheld()
    {
        if (_holders == 0 && _whenClosed is not null)
        {
            _store.CloseAll();
            _whenClosed.Complete(true);
        }
    }
}
