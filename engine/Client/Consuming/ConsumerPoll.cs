using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Wire;

namespace Testbed.Client;

/// <summary>
/// What a consumer has for its caller: records of one partition, an error of one, or nothing by the deadline.
/// </summary>
/// <param name="Partition">Whose it is; null when there is nothing.</param>
/// <param name="Error">
/// What keeps the partition from being read: it rests until it is sought or taken out. OFFSET_OUT_OF_RANGE is
/// the usual one.
/// </param>
/// <param name="Records">
/// In order of offset; empty for errors, and where only control records were passed over.
/// </param>
/// <param name="Next">The offset to be read next.</param>
/// <param name="HighWatermark">
/// Where the partition's readable records end, as the broker said with them.
/// </param>
public readonly record struct ConsumerPoll(
    TopicPartition? Partition,
    ErrorCode Error,
    IReadOnlyList<ConsumedRecord> Records,
    Offset Next,
    Offset HighWatermark)
{
    public static ConsumerPoll Nothing => new(null, ErrorCode.None, [], Offset.None, Offset.None);

    public bool IsNothing => Partition is null;
}
