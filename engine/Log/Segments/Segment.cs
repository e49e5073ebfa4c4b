using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// One file of consecutive batches, named after its first offset, and the indexes beside it. The last one of
/// a log is held by its writer; of the others, file and indexes are open only while somebody holds them, and
/// for as long after as <see cref="SegmentCache"/> can afford.
/// </summary>
internal sealed class Segment(Offset baseOffset, Offset endOffset, long sizeBytes)
{
    private bool _isUndated;     // batches have come since ModifiedMs
    private uint? _provenCrc;    // of the aborted transactions that were right when it was unloaded

    // Consumers and followers read what was written last, or go on where a read has ended.
    private KnownBatches? _written;
    private KnownBatches? _readEnds;

    public Offset BaseOffset { get; } = baseOffset;

    /// <summary>
    /// Exclusive end of the offsets the segment may hold: of those written, or where the next one begins.
    /// </summary>
    public Offset EndOffset { get; private set; } = endOffset;

    /// <summary>Bytes written: always the end of a batch.</summary>
    public int SizeBytes { get; private set; } = (int)sizeBytes;

    /// <summary>What need not be checked again before it is served.</summary>
    public CheckedRanges Checked { get; private set; } = new();

    /// <summary>What of its bytes is wrong, for people; null while nothing has been found to be.</summary>
    public string? Damage { get; set; }

    public bool IsDamageTold { get; set; }

    /// <summary>Null while nobody needs it.</summary>
    public IFile? File { get; private set; }

    public SegmentIndexes? Indexes { get; private set; }

    /// <summary>Aborted transactions whose marker is in this segment.</summary>
    public AbortedTransactionIndex? Aborted { get; private set; }

    /// <summary>
    /// The aborted transactions are those of the segment's batches: this process has seen to that.
    /// </summary>
    public bool IsAbortedProven { get; private set; }

    /// <summary>Largest timestamp of its batches, -1 without any; null while nobody has looked.</summary>
    public long? MaxTimestampMs { get; set; }

    /// <summary>Of its first batch, -1 without any; null while nobody has looked.</summary>
    public long? FirstTimestampMs { get; set; }

    /// <summary>
    /// When its file was changed last, in milliseconds since 1970; see <see cref="Date"/>.
    /// </summary>
    public long ModifiedMs { get; set; }

    public bool IsLoaded => Indexes is not null;

    /// <summary>Memory that the indexes take.</summary>
    public long IndexBytes =>
        Indexes!.Offsets.Bytes.Length + Indexes.Times.Bytes.Length + Aborted!.Bytes.Length;

    /// <summary>Space may be set aside on the disk for what is still to be written (preallocate).</summary>
    public bool HasSpareSpace { get; set; }

    /// <summary>Those who need the file open.</summary>
    public int Holders { get; set; }

    /// <summary>No longer part of its log: the file is closed with its last holder.</summary>
    public bool IsRetired { get; set; }

    /// <summary>Among the segments that are open though nobody holds them.</summary>
    public LinkedListNode<Segment>? IdlePlace { get; set; }

    /// <summary>Those who wait while it is loaded; the first of them loads it.</summary>
    public List<EngineOp<IoStatus>> Loading { get; } = [];

    /// <summary>How much of the index files is on the disk already, in entries.</summary>
    public SavedIndexes Saved { get; set; }

    public void Load(IFile file, SegmentIndexes indexes, AbortedTransactionIndex aborted)
    {
        File = file;
        Indexes = indexes;
        Aborted = aborted;
        IsAbortedProven = _provenCrc == Crc32C.Of(aborted.Bytes.Span);
        MaxTimestampMs = indexes.MaxTimestampMs;
    }

    /// <summary>The file has been written to, and nobody has asked for the date.</summary>
    public void MarkChanged() => _isUndated = true;

    /// <summary>
    /// What was written until now counts as written now: asking for the date at every batch would cost more
    /// than it is worth.
    /// </summary>
    public void Date(long wallMs)
    {
        ModifiedMs = _isUndated ? wallMs : ModifiedMs;
        _isUndated = false;
    }

    public void MarkAbortedProven() => IsAbortedProven = true;

    public void Unload()
    {
        _provenCrc = IsAbortedProven ? Crc32C.Of(Aborted!.Bytes.Span) : null;
        File = null;
        Indexes = null;
        Aborted = null;
        Checked = new CheckedRanges();
        _written = null;
        _readEnds = null;
    }

    /// <summary>A batch now lies at the end of the file.</summary>
    public void OnWritten(in BatchSpan batch)
    {
        Invariant.Assert(batch.BaseOffset >= EndOffset || SizeBytes == 0);
        Indexes!.OnBatch(batch, SizeBytes);
        MaxTimestampMs = Indexes.MaxTimestampMs;
        FirstTimestampMs = SizeBytes == 0 ? batch.MaxTimestampMs : FirstTimestampMs;
        _written ??= new KnownBatches();
        _written.Add(batch.BaseOffset, SizeBytes);
        Checked.Add(SizeBytes, SizeBytes + batch.SizeBytes);
        EndOffset = batch.EndOffset;
        SizeBytes += batch.SizeBytes;
    }

    /// <summary>
    /// Whether a batch that was read back can be one of this segment behind <paramref name="previousEnd"/>:
    /// its offset is covered by no checksum.
    /// </summary>
    public bool CanHold(in StoredBatch batch, Offset previousEnd) =>
        batch.BaseOffset >= previousEnd
        && batch.EndOffset > batch.BaseOffset
        && batch.EndOffset <= EndOffset
        && IsNear(batch);

    /// <summary>Whether index entries have room for the batch's offsets.</summary>
    public bool IsNear(in StoredBatch batch) => batch.EndOffset - 1 - BaseOffset <= int.MaxValue;

    /// <summary>Where the batch begins that begins at this offset, if that is known; otherwise -1.</summary>
    public int PositionOf(Offset offset) =>
        offset <= BaseOffset ? 0
        : _written?.PositionOf(offset) is { } written and >= 0 ? written
        : _readEnds?.PositionOf(offset) ?? -1;

    /// <summary>Whether <see cref="PositionOf"/> finds the batch that begins at this position.</summary>
    public bool Knows(int position) => _written?.Has(position) == true || _readEnds?.Has(position) == true;

    /// <summary>
    /// Where the batches begin at which reads have ended. They are told by who reads, which takes time: what
    /// is added after a truncation to those from before is of no effect.
    /// </summary>
    public KnownBatches ReadEnds => _readEnds ??= new KnownBatches();

    /// <summary>Only what lies before these is left.</summary>
    public void Cut(Offset endOffset, int sizeBytes)
    {
        EndOffset = endOffset;
        SizeBytes = sizeBytes;
        Checked = Checked.UpTo(sizeBytes);
        MaxTimestampMs = Indexes!.MaxTimestampMs;
        _written = null;
        _readEnds = null;
    }

    /// <summary>The next segment begins at <paramref name="next"/>: nothing can come between.</summary>
    public void Seal(Offset next)
    {
        Invariant.Assert(next >= EndOffset);
        Indexes!.Seal();
        EndOffset = next;
        _written = null;
    }
}
