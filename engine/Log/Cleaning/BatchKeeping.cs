namespace Testbed.Log;

/// <summary>What <see cref="BatchRetention"/> has decided about a batch.</summary>
/// <param name="KeepsRecords">
/// False: all its records go, unseen. True: those of a control batch stay, others are asked about one by one.
/// </param>
/// <param name="KeepsHeader">The batch stays, empty, when no record does.</param>
/// <param name="StartsHorizon">It is a marker whose delete horizon begins now.</param>
public readonly record struct BatchKeeping(bool KeepsRecords, bool KeepsHeader, bool StartsHorizon);
