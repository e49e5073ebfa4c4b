using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Models.Logs;

/// <summary>What a log says of one producer: see <see cref="ModelProducer"/>.</summary>
public sealed record ModelKnown(
    ProducerId Id,
    short Epoch,
    int CoordinatorEpoch,
    Offset? OpenSince,
    long LastTimestampMs,
    IReadOnlyList<ModelSent> Last);
