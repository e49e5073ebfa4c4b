using Testbed.Foundation;

namespace Testbed.Models.Logs;

/// <summary>Offsets from <paramref name="Base"/> to before <paramref name="End"/> of one epoch.</summary>
public readonly record struct ModelSpan(Offset Base, Offset End, LeaderEpoch Epoch);
