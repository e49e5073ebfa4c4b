using System;
using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// One partition's log: gives batches their offsets, brings them to the disk and finds them again. Owns the
/// segments, the leader epochs and the producers' state; who leads, who waits and how far readers may read is
/// its caller's.
/// </summary>
public sealed class PartitionLog
{
    private readonly IShard _shard;
    private readonly LogStore _store;
    private readonly SegmentLoader _loader;
    private readonly EpochFile _epochFile;
    private readonly LogMilestones _milestones;
    private readonly LogWriter _writer;
    private readonly LogReader _reader;
    private readonly LogUpkeep _upkeep;
    private readonly LogProgress _progress;
    private AppendPlan _plan;

    internal PartitionLog(
        IShard shard, TopicPartition partition, LogStore store, LogSettings settings, LogState state)
    {
        _shard = shard;
        _store = store;
        Settings = settings;
        Partition = partition;
        Epochs = state.Epochs;
        Producers = state.Producers;
        _progress = new LogProgress(shard, this, state);
        _loader = new SegmentLoader(shard, this, store);
        _epochFile = new EpochFile(store, Epochs, state.SavedEpochs);
        _milestones = new LogMilestones(shard, store, _epochFile);
        _writer = new LogWriter(shard, store, _milestones, settings, _progress);
        _reader = new LogReader(shard, this, store, _loader);
        _plan = new AppendPlan(shard, Producers);
        if (store.HasActive && !IsOffline)
        {
            _plan.Resume(store.Active, state.FirstTimestampMs, settings);
            store.Active.HasSpareSpace = settings.IsPreallocated;
        }
        _upkeep = new LogUpkeep(shard, this, _writer);
    }

    public TopicPartition Partition { get; }

    /// <summary>The log directory it lies in.</summary>
    public LogDirectory Place => _store.Place;

    /// <summary>The partition's directory inside its log directory.</summary>
    public string Directory => _store.Directory;

    public IDisk Disk => _store.Disk;

    public LogSettings Settings { get; private set; }

    /// <summary>Records below are deleted, whether or not their bytes are still there.</summary>
    public Offset StartOffset => _progress.StartOffset;

    /// <summary>Kafka's log end offset: the next record's offset.</summary>
    public Offset EndOffset => _progress.EndOffset;

    /// <summary>Records below are in the file, and synced where the topic asks for that.</summary>
    public Offset WrittenEnd => _progress.WrittenEnd;

    /// <summary>After a crash, nothing below has to be examined.</summary>
    public Offset RecoveryPoint => _progress.RecoveryPoint;

    public LeaderEpochs Epochs { get; }

    public ProducerStates Producers { get; private set; }

    /// <summary>Why the log is offline, for people; null while it works.</summary>
    public string? OfflineReason => _progress.OfflineReason;

    public bool IsOffline => OfflineReason is not null;

    /// <summary>DeleteRecords has left a segment that begins with deleted records.</summary>
    public bool IsStartWithinSegment => _store.HasActive && StartOffset > _store.Segments[0].BaseOffset;

    /// <summary>The log is, or is being, closed.</summary>
    public bool IsRetired => _upkeep.IsRetired;

    /// <summary>Its files may be changed.</summary>
    internal bool IsUsable => !IsOffline && !IsRetired;

    /// <summary>Bytes in the log's segments, also of records below StartOffset.</summary>
    public long SizeBytes => _store.SizeBytes;

    public LogCompaction Compaction => field ??= new LogCompaction(_shard, this);

    internal ExclusiveTurns Turns => _upkeep.Turns;

    internal LogStore Store => _store;

    internal SegmentLoader Loader => _loader;

    public void Listen(ILogListener listener) => _progress.Listener = listener;

    public void Apply(LogSettings settings)
    {
        Settings = settings;
        _writer.Apply(settings);
    }

    /// <summary>
    /// Decides on a batch by its producer's sequence; see <see cref="ProducerStates.CanAppend"/>. Producers
    /// that have been idle for too long are forgotten first.
    /// </summary>
    public SequenceVerdict CanAppend(in SequencedBatch batch)
    {
        Producers.Expire(_shard.Now, Settings.ProducerExpirationMs);
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

        var milestone = _plan.Before(stored.Span, Settings);
        Epochs.Assign(epoch, stored.BaseOffset);
        var ended = Producers.OnAppended(stored, batch.Span, _shard.Now);
        _progress.OnAppended(stored.EndOffset);
        _writer.Add(new PendingBatch(
            stored.Span,
            batch,
            owner?.Retain(),
            milestone,
            ended is { IsAborted: true } ? ended.Value.ToAborted() : null));

        if (_shard.Trace.IsListening)
        {
            _shard.Trace.Emit(
                new BatchAppended(Partition, stored.BaseOffset, stored.EndOffset, epoch, stored.Crc));
        }
        return new AppendedBatch(stored.BaseOffset, stored.EndOffset);
    }

    /// <summary>
    /// Batches for a fetch; see <see cref="LogReader.Read"/>. The bound is at most <see cref="WrittenEnd"/>.
    /// Whoever reads releases the slice.
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
    public EngineTask<TimeSearchResult> FindByTimestamp(long timestampMs, Offset bound) =>
        new TimestampSearch(_shard, _store, _loader).First(timestampMs, StartOffset, bound);

    /// <summary>
    /// The first record below <paramref name="bound"/> with the largest timestamp, if there is any record.
    /// </summary>
    public EngineTask<TimeSearchResult> FindMaxTimestamp(Offset bound) =>
        new TimestampSearch(_shard, _store, _loader).Latest(StartOffset, bound);

    /// <summary>
    /// The aborted transactions with records in [<paramref name="from"/>, <paramref name="end"/>), for a
    /// reader of committed records; null when an index cannot be read.
    /// </summary>
    public EngineTask<List<AbortedTransaction>?> AbortedTransactions(Offset from, Offset end) =>
        new AbortedSearch(_store, _loader).Find(from, end);

    /// <summary>
    /// Deletes the records below <paramref name="start"/> logically (DeleteRecords). Never moves back.
    /// </summary>
    public void AdvanceStart(Offset start)
    {
        if (_progress.AdvanceStart(start))
        {
            Epochs.TruncateFromStart(start);
        }
    }

    /// <summary>
    /// Deletes the oldest segments that the settings let go, none above the high watermark; tells how many.
    /// </summary>
    public EngineTask<int> DeleteOldSegments(Offset highWatermark, long nowMs) =>
        new LogRetention(_shard, this).Run(highWatermark, nowMs);

    /// <summary>Completes when nothing is on its way to the disk any more.</summary>
    public EngineOp<bool> Finish() => _writer.WhenIdle();

    /// <summary>
    /// Cuts the log at the batch that holds <paramref name="target"/>, which goes too, durably; nothing may
    /// be appended meanwhile. A target at or below the log's first batch leaves it empty, ending there.
    /// </summary>
    public EngineTask<IoStatus> TruncateTo(Offset target) =>
        new LogTruncation(_shard, this, _milestones).To(target);

    /// <summary>Empties the log, durably; the next record gets the offset <paramref name="start"/>.</summary>
    public EngineTask<IoStatus> TruncateFully(Offset start) =>
        new LogTruncation(_shard, this, _milestones).Fully(start);

    /// <summary>
    /// Brings everything to the disk for good, with indexes and snapshots, so that nothing has to be examined
    /// when the log is opened next. False when the disk has failed.
    /// </summary>
    public EngineTask<bool> Flush() => _upkeep.Flush();

    /// <summary>
    /// Gives the files back, once those who read have let go of them. The log is not used afterwards.
    /// </summary>
    public EngineTask Close() => _upkeep.Close();

    /// <summary>
    /// Ends everything that is done to the files, and completes then: the directory may be renamed. Nothing
    /// is appended any more; what is being read is read to its end.
    /// </summary>
    public EngineTask Retire() => _upkeep.Retire();

    /// <summary>Compaction may have left out the records before an offset.</summary>
    internal bool MayHaveGap(Offset offset) =>
        Settings.IsCompacted || offset <= Place.CleanerPoints.Of(Partition);

    internal void OnFailure(IoStatus status) => _progress.OnWriteFailed(status);

    internal void GoOffline(string reason)
    {
        if (!IsOffline)
        {
            _writer.GiveUp();
            _progress.OnOffline(reason);
        }
    }

    /// <summary>The log now is what lies in [start, end).</summary>
    internal void OnTruncated(Offset start, Offset end, ProducerStates producers, long firstTimestampMs)
    {
        Producers = producers;
        _plan = new AppendPlan(_shard, producers);
        _plan.Resume(_store.Active, firstTimestampMs, Settings);
        _progress.OnTruncated(start, end);
    }

    internal void LowerRecoveryPoint(Offset target) => _progress.LowerRecoveryPoint(target);

    internal EngineTask<IoStatus> SaveEpochs() => _epochFile.Write();

    /// <summary>
    /// Ends the active segment here, durably, and begins another; its caller has the turn. False when the
    /// disk failed.
    /// </summary>
    internal EngineOp<bool> Roll()
    {
        _plan.Begin(EndOffset, Settings);
        return _upkeep.Reach(beginsSegment: true);
    }
}
