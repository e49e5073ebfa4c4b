using Testbed.Foundation;
using Testbed.Log;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Node.Requests.Fetching;

/// <summary>Tells a client whose log has taken another way than ours (KIP-595).</summary>
internal static class FetchDivergence
{
    /// <summary>
    /// Sets <see cref="FetchPart.Diverging"/> to where the client has to cut back: the end of the largest
    /// epoch both may know. Leaves it null when what the client has is a prefix of our log, or when it does
    /// not say which epoch it has fetched last. OffsetOutOfRange when that epoch is one this log has never
    /// seen.
    /// </summary>
    public static ErrorCode Find(FetchPart part, PartitionLog log)
    {
        var lastFetched = part.Wish.LastFetchedEpoch;
        if (lastFetched < 0)
        {
            return ErrorCode.None;
        }
        var end = log.Epochs.EndOffsetForEpoch(new LeaderEpoch(lastFetched), log.EndOffset);
        if (end.Epoch == LeaderEpoch.None)
        {
            return ErrorCode.OffsetOutOfRange;
        }
        if (end.Epoch.Value < lastFetched || end.Start.Value < part.Wish.FetchOffset)
        {
            part.Diverging = new FetchResponseEpochEndOffset
            {
                Epoch = end.Epoch.Value,
                EndOffset = end.Start.Value,
            };
        }
        return ErrorCode.None;
    }
}
