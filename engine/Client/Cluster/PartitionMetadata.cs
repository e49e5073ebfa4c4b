using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Wire;

namespace Testbed.Client;

/// <summary>
/// One partition as a broker described it last. The leader is <see cref="NodeId.None"/> while there is none.
/// </summary>
public sealed record PartitionMetadata(
    int Index,
    ErrorCode Error,
    NodeId Leader,
    LeaderEpoch Epoch,
    IReadOnlyList<int> Replicas,
    IReadOnlyList<int> Isr);
