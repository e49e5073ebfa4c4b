using Testbed.Foundation;

namespace Testbed.Models.Logs;

/// <summary>The decision on a batch; with the offset it has got before where it is a duplicate.</summary>
public readonly record struct ModelVerdict(ModelVerdictKind Kind, Offset? Known = null);
