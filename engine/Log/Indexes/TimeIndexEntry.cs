using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// One entry of a time index: no record of the segment up to where the entry was made is later than
/// <paramref name="MaxTimestampMs"/>, which the batch with last offset <paramref name="Offset"/> has.
/// </summary>
public readonly record struct TimeIndexEntry(long MaxTimestampMs, Offset Offset);
