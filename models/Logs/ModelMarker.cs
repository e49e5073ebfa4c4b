namespace Testbed.Models.Logs;

/// <summary>What a control batch says of its producer's transaction.</summary>
public sealed record ModelMarker(bool IsAbort, int CoordinatorEpoch);
