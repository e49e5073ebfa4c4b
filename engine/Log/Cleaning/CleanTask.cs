using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>A log to be compacted, as it is when the cleaning begins.</summary>
public sealed record CleanTask
{
    /// <summary>
    /// All segments below <see cref="Bound"/>, oldest first, the clean ones too: values in them may have been
    /// superseded in the dirty part.
    /// </summary>
    public required IReadOnlyList<CleanSource> Sources { get; init; }

    /// <summary>
    /// The entries of the indexes of aborted transactions of all later segments, the active one too: those
    /// transactions may have begun in the sources.
    /// </summary>
    public required IReadOnlyList<AbortedTransaction> AbortedBeyond { get; init; }

    /// <summary>See <see cref="CleanableRange.FirstDirty"/>.</summary>
    public required Offset FirstDirty { get; init; }

    /// <summary>See <see cref="CleanableRange.Bound"/>.</summary>
    public required Offset Bound { get; init; }

    /// <summary>All producers that the partition remembers.</summary>
    public required LiveProducers Producers { get; init; }

    public required RemovalRule Removal { get; init; }
}
