using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>One producer as a snapshot has kept it; see <see cref="ProducerState"/>.</summary>
/// <param name="Id">Not none, and once in a snapshot.</param>
/// <param name="Epoch">-1 or more.</param>
/// <param name="CoordinatorEpoch">-1 or more.</param>
/// <param name="CurrentTransactionStart">No other producer's open transaction begins there.</param>
/// <param name="LastTimestampMs">Any.</param>
/// <param name="Batches">At most five, oldest first.</param>
public sealed record ProducerSnapshotEntry(
    ProducerId Id,
    short Epoch,
    int CoordinatorEpoch,
    Offset? CurrentTransactionStart,
    long LastTimestampMs,
    IReadOnlyList<RecentBatch> Batches);
