using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;

namespace Testbed.Models.Logs;

/// <summary>
/// Batches of a log that lie in one file, which the log alone decides.
/// </summary>
/// <param name="Base">The offset in its name.</param>
/// <param name="End">Where the next one begins; of the last one, behind its last batch.</param>
/// <param name="Batches">In order; maybe none.</param>
public sealed record ModelSegment(Offset Base, Offset End, IReadOnlyList<ModelBatch> Batches)
{
    public long SizeBytes => Batches.Sum(static batch => (long)batch.Bytes.Length);

    /// <summary>-1 without any.</summary>
    public long MaxTimestampMs =>
        Batches.Select(static batch => batch.MaxTimestampMs).DefaultIfEmpty(-1).Max();

    /// <summary>Puts batches into the segments that begin at these offsets.</summary>
    public static List<ModelSegment> Of(
        IReadOnlyList<ModelBatch> batches, IReadOnlyList<Offset> bases, Offset end)
    {
        var segments = new List<ModelSegment>();
        for (var i = 0; i < bases.Count; i++)
        {
            var (first, next) = (bases[i], i + 1 < bases.Count ? bases[i + 1] : end);
            var own = batches.Where(batch => batch.EndOffset > first && batch.BaseOffset < next);
            segments.Add(new ModelSegment(first, next, [.. own]));
        }
        return segments;
    }
}
