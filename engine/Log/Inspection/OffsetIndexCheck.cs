namespace Testbed.Log;

/// <summary>
/// Compares an offset index with the batches of its segment, which come by in order: each entry must be the
/// beginning of a batch and its last offset.
/// </summary>
internal sealed class OffsetIndexCheck(OffsetIndex index, string file, FindingList findings)
{
    private int _next;    // entry that no batch has reached

    public void OnBatch(in BatchSpan batch, long position)
    {
        PassBefore(position);
        if (_next == index.Count || index.At(_next).Position != position)
        {
            return;
        }
        var entry = index.At(_next);
        if (entry.Offset != batch.EndOffset - 1)
        {
            findings.Problem(
                file,
                $"entry {_next} has offset {entry.Offset} for the batch at {position}, "
                    + $"which ends at {batch.EndOffset - 1}");
        }
        _next++;
    }

    /// <summary>
    /// The sound part of the segment ends here. A crash may keep an entry and lose its batch.
    /// </summary>
    public void OnEnd(bool isWritten) => PassBefore(long.MaxValue, isWritten);

    private void PassBefore(long position, bool isCrashLeft = false)
    {
        while (_next < index.Count && index.At(_next).Position < position)
        {
            var entry = index.At(_next);
            findings.Tell(
                isCrashLeft,
                file,
                $"entry {_next} of offset {entry.Offset} has position {entry.Position}, "
                    + "where no batch begins");
            _next++;
        }
    }
}
