using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>What <see cref="Retention"/> has decided about a log.</summary>
/// <param name="DeletableCount">So many segments may go, counted from the oldest.</param>
/// <param name="RollsActive">
/// The active segment is one of them: a new one is made before it goes, so that a log always has a segment.
/// </param>
/// <param name="NewStart">The log start once they have gone; never below the present one.</param>
public readonly record struct RetentionVerdict(int DeletableCount, bool RollsActive, Offset NewStart);
