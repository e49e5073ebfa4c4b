using Testbed.Foundation;

namespace Testbed.Models.Logs;

/// <summary>
/// A record of a batch. Key and value are texts that are equal where the bytes are; null is none, and a
/// record with a key and no value is a tombstone. Those of a marker are not told here.
/// </summary>
public sealed record ModelEntry(Offset Offset, long TimestampMs, string? Key = null, string? Value = null)
{
    public bool IsTombstone => Key is not null && Value is null;
}
