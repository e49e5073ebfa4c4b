using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Where the partition's transactions begin that are open, or ended and not yet below the high watermark.
/// Records behind the oldest of them are unstable (KIP-98). Every question costs the logarithm of their
/// count.
/// </summary>
internal sealed class TransactionBounds
{
    private readonly SortedSet<long> _open = [];    // first offsets; no two are the same
    private readonly UndecidedTransactions _undecided = new();

    public int OpenCount => _open.Count;

    public Offset? FirstOpen => _open.Count == 0 ? null : new Offset(_open.Min);

    public Offset? FirstUndecided => _undecided.First;

    public Offset? FirstUnstable => (FirstOpen, FirstUndecided) switch
    {
        ({ } open, { } undecided) => Offset.Min(open, undecided),
        var (open, undecided) => open ?? undecided,
    };

    public void Begin(Offset first)
    {
        var isNew = _open.Add(first.Value);
        Invariant.Assert(isNew);
    }

    /// <summary>
    /// The marker at <paramref name="marker"/> ends the open transaction that begins at
    /// <paramref name="first"/>.
    /// </summary>
    public CompletedTransaction End(ProducerId id, Offset first, Offset marker, bool isAborted)
    {
        var wasOpen = _open.Remove(first.Value);
        Invariant.Assert(wasOpen);
        Invariant.Assert(first < marker);
        var completed = new CompletedTransaction(id, first, marker, isAborted, FirstOpen ?? marker + 1);
        _undecided.Add(completed);
        return completed;
    }

    public void OnHighWatermark(Offset highWatermark) => _undecided.OnHighWatermark(highWatermark);
}
