namespace Testbed.Node.Requests.Fetching;

/// <summary>A partition of a fetch session: what is asked of it, and what the client was told last.</summary>
public sealed class FetchSessionPart(FetchKey key)
{
    public FetchKey Key { get; } = key;

    public FetchWish Wish { get; set; }

    /// <summary>
    /// True once the client has taken it out of the session; a fetch that began before may still hold it.
    /// </summary>
    public bool IsForgotten { get; set; }

    /// <summary>High watermark the client knows; -1 makes the next answer name the partition again.</summary>
    public long ToldHighWatermark { get; set; } = -1;

    public long ToldLogStartOffset { get; set; } = -1;

    /// <summary>
    /// Whether an incremental answer must name the partition (KIP-227); remembers what is told then.
    /// </summary>
    public bool Tell(FetchPart part, bool isFull)
    {
        var hasNews = part.Records.SizeBytes > 0
            || part.Diverging is not null
            || part.HighWatermark != ToldHighWatermark
            || part.LogStartOffset != ToldLogStartOffset
            || part.Error != Wire.ErrorCode.None;
        ToldHighWatermark = part.Error == Wire.ErrorCode.None ? part.HighWatermark : -1;
        ToldLogStartOffset = part.LogStartOffset;
        return hasNews || isFull;
    }
}
