using System.Linq;
using Testbed.Foundation;

namespace Testbed.Models.Logs;

/// <summary>Where a truncation ends a log.</summary>
/// <param name="End">The log's end afterwards.</param>
/// <param name="IsWhole">Nothing is left, and the next record gets that offset.</param>
/// <param name="ChangesNothing">No batch goes.</param>
internal sealed record ModelCut(Offset End, bool IsWhole, bool ChangesNothing = false)
{
    public static ModelCut Whole(Offset start) => new(start, IsWhole: true);

    /// <summary>The batch that holds the target goes, and all behind it.</summary>
    public static ModelCut At(Offset target, ModelLog log)
    {
        if (target >= log.End)
        {
            return new ModelCut(log.End, IsWhole: false, ChangesNothing: true);
        }
        if (target <= log.Base)
        {
            return Whole(target);
        }
        var kept = log.Batches.LastOrDefault(batch => batch.EndOffset <= target);
        return new ModelCut(kept?.EndOffset ?? log.Base, IsWhole: false);
    }
}
