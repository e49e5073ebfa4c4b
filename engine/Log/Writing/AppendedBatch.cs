using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>The offsets [BaseOffset, EndOffset) a batch got.</summary>
public readonly record struct AppendedBatch(Offset BaseOffset, Offset EndOffset);
