using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Compares a time index with the batches of its segment, which come by in order: each entry must be the
/// largest timestamp so far and a batch that has it.
/// </summary>
internal sealed class TimeIndexCheck(TimeIndex index, string file, FindingList findings)
{
    private int _next;                      // entry that no batch has reached
    private long _maxTimestampMs = -1;      // of the batches so far

    public void OnBatch(in BatchSpan batch)
    {
        PassBefore(batch.BaseOffset);
        var isLatest = batch.MaxTimestampMs > _maxTimestampMs;
        _maxTimestampMs = isLatest ? batch.MaxTimestampMs : _maxTimestampMs;
        if (_next == index.Count || index.At(_next).Offset >= batch.EndOffset)
        {
            return;
        }
        var entry = index.At(_next);
        if (!isLatest || entry.MaxTimestampMs != batch.MaxTimestampMs)
        {
            findings.Problem(
                file,
                $"entry {_next} has timestamp {entry.MaxTimestampMs} at offset {entry.Offset}; "
                    + $"the batch there has {batch.MaxTimestampMs}, "
                    + $"and {_maxTimestampMs} is the latest up to it");
        }
        _next++;
    }

    /// <summary>
    /// The sound part of the segment ends here. A crash may keep an entry and lose its batch; a segment that
    /// is not written to any more has an entry of its latest record.
    /// </summary>
    public void OnEnd(bool isWritten)
    {
        PassBefore(new Offset(long.MaxValue), isWritten);
        var last = index.Last?.MaxTimestampMs ?? -1;
        if (!isWritten && last < _maxTimestampMs)
        {
            findings.Problem(
                file, $"the latest record, of {_maxTimestampMs}, has no entry; the last is of {last}");
        }
    }

    private void PassBefore(Offset offset, bool isCrashLeft = false)
    {
        while (_next < index.Count && index.At(_next).Offset < offset)
        {
            var entry = index.At(_next);
            findings.Tell(
                isCrashLeft,
                file,
                $"entry {_next} of timestamp {entry.MaxTimestampMs} has offset {entry.Offset}, "
                    + "where no batch is");
            _next++;
        }
    }
}
