using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// What a log remembers of a stored batch: offsets [BaseOffset, EndOffset), bytes, largest timestamp.
/// </summary>
public readonly record struct BatchSpan(
    Offset BaseOffset, Offset EndOffset, int SizeBytes, long MaxTimestampMs);
