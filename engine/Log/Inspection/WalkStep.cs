namespace Testbed.Log;

/// <summary>One step of a <see cref="BatchWalk"/>.</summary>
/// <param name="Kind">What is there.</param>
/// <param name="SizeBytes">How much of it; for NeedMore, how many bytes the window must have.</param>
/// <param name="Reason">Why it is no sound batch, for people; empty for the other kinds.</param>
public readonly record struct WalkStep(WalkKind Kind, int SizeBytes, string Reason = "");
