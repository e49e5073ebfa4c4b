namespace Testbed.Log;

/// <summary>Bytes of a file, one behind the other, that are no sound batches.</summary>
/// <param name="Start">Position of the first.</param>
/// <param name="End">Position behind the last.</param>
/// <param name="Reason">What is wrong with the first, for people.</param>
internal readonly record struct DamageRegion(long Start, long End, string Reason)
{
    /// <summary>The region, begun or made longer by a step that ended at <paramref name="end"/>.</summary>
    public static DamageRegion Grown(DamageRegion? before, long end, in WalkStep step) =>
        before is { } region
            ? region with { End = end }
            : new DamageRegion(end - step.SizeBytes, end, step.Reason);

    public override string ToString() => $"bytes {Start} to {End - 1} are no sound batch: {Reason}";
}
