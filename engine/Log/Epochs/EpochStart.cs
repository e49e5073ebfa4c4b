using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>A leader epoch with an offset: where it starts, or, as an answer, where it ended.</summary>
public readonly record struct EpochStart(LeaderEpoch Epoch, Offset Start);
