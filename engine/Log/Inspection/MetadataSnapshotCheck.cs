using System;
using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Wire.Records;

namespace Testbed.Log;

/// <summary>
/// Inspects a `.checkpoint` file of the metadata log (KIP-630): batches with ascending offsets, a header
/// first, a footer last.
/// </summary>
public sealed class MetadataSnapshotCheck(
    string file, long sizeBytes, FindingList findings, ByteBuffer scratch)
{
    private readonly BatchWalk _walk = new(sizeBytes, Offset.Zero);
    private Offset _end;
    private ControlRecordType? _last;    // of the control record read last; null behind other batches
    private bool _isFirst = true;        // no header has been read

    public long Position => _walk.Position;

    /// <summary>As <see cref="SegmentCheck.Next"/>.</summary>
    public WalkStep Next(ReadOnlySpan<byte> window)
    {
        var position = _walk.Position;
        var step = _walk.Next(window);
        switch (step.Kind)
        {
            case WalkKind.Batch:
                OnBatch(new RecordBatch(window[..step.SizeBytes]), position);
                break;
            case WalkKind.DamagedBatch:
            case WalkKind.NoBatch:
                findings.Problem(file, DamageRegion.Grown(null, _walk.Position, step).ToString());
                break;
            case WalkKind.End when _last != ControlRecordType.SnapshotFooter:
                findings.Problem(file, "does not end with a footer");
                break;
            default:
                break;
        }
        return step;
    }

    private void OnBatch(RecordBatch batch, long position)
    {
        var header = StoredBatch.Read(batch.Bytes);
        var flaw = BatchContents.Flaw(batch, scratch);
        if (flaw.Length > 0 || header.BaseOffset < _end)
        {
            var text = flaw.Length > 0 ? flaw : $"comes after a batch that ends at {_end}";
            findings.Problem(file, $"batch {header.BaseOffset} at {position}: {text}");
        }
        _end = header.EndOffset;
        _last = null;
        if (batch.Attributes.IsControl && batch.Attributes.CodecId == 0)
        {
            OnControl(batch);
        }
        if (_isFirst)
        {
            findings.Problem(file, "does not begin with a header");
            _isFirst = false;
        }
    }

    private void OnControl(RecordBatch batch)
    {
        var records = new RecordReader(batch.Body, batch.RecordsCount);
        while (records.TryRead(out var record))
        {
            _last = ControlRecordKey.TryRead(record.Key, out var key) ? key.Type : null;
            if (_isFirst && _last != ControlRecordType.SnapshotHeader)
            {
                return;
            }
            _isFirst = false;
        }
    }
}
