using System.Collections.Generic;
using Testbed.Log;
using Testbed.Node.Replication;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Node.Requests.Fetching;

/// <summary>One partition of a fetch while it is worked on, and the answer that becomes of it.</summary>
public sealed class FetchPart(FetchKey key, FetchWish wish, FetchSessionPart? remembered = null)
{
    private LogSlice _slice;

    public FetchKey Key { get; } = key;

    /// <summary>What the session remembers of it; null without a session.</summary>
    public FetchSessionPart? Remembered { get; } = remembered;

    public FetchWish Wish { get; } = wish;

    /// <summary>Null when this node does not serve it.</summary>
    public Partition? Partition
    {
        get;
        set
        {
            field = value;
            WasKnown |= value is not null;
        }
    }

    /// <summary>True when the partition was there at some time of this fetch.</summary>
    public bool WasKnown { get; private set; }

    public ErrorCode Error { get; set; }

    public long HighWatermark { get; set; } = -1;

    public long LastStableOffset { get; set; } = -1;

    public long LogStartOffset { get; set; } = -1;

    public RecordData Records { get; set; } = RecordData.Empty;

    /// <summary>What readers of committed records pass over in <see cref="Records"/>.</summary>
    public IReadOnlyList<AbortedTransaction> Aborted { get; set; } = [];

    /// <summary>Where the client's log and ours part; set instead of records.</summary>
    public FetchResponseEpochEndOffset? Diverging { get; set; }

    /// <summary>Back to nothing known, for another reading.</summary>
    public void Reset()
    {
        LetGo();
        Fail(ErrorCode.None);
    }

    /// <summary>Answers with these records, whose file stays open until they are sent.</summary>
    public void Take(in LogSlice slice)
    {
        LetGo();
        _slice = slice;
        Records = slice.SizeBytes > 0 ? RecordData.Of(slice.Range) : RecordData.Empty;
    }

    /// <summary>The records are with the connection, or of no use any more.</summary>
    public void LetGo()
    {
        _slice.Release();
        _slice = default;
    }

    public void Fail(ErrorCode error)
    {
        Error = error;
        Records = RecordData.Empty;
        Aborted = [];
        HighWatermark = -1;
        LastStableOffset = -1;
        LogStartOffset = -1;
        Diverging = null;
    }

    /// <summary>
    /// A part that does not wait for data: an error the client must act on, or a divergence.
    /// </summary>
    public bool IsUrgent =>
        Diverging is not null
        || Error is not (ErrorCode.None or ErrorCode.UnknownTopicOrPartition or ErrorCode.UnknownTopicId);

    public FetchResponsePartitionData ToAnswer() => new()
    {
        PartitionIndex = Key.Partition,
        ErrorCode = Error,
        HighWatermark = HighWatermark,
        LastStableOffset = LastStableOffset,
        LogStartOffset = LogStartOffset,
        DivergingEpoch = Diverging ?? new FetchResponseEpochEndOffset(),
        Records = Records,
    };
}
