using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Models.Logs;

/// <summary>What a log says of itself when it has been opened.</summary>
/// <param name="Start">First offset that is not deleted.</param>
/// <param name="End">Next offset.</param>
/// <param name="IsEmpty">There are no batches, deleted ones neither.</param>
/// <param name="Epochs">Where leader epochs begin.</param>
public sealed record ModelFinding(
    Offset Start, Offset End, bool IsEmpty, IReadOnlyList<(LeaderEpoch Epoch, Offset Start)> Epochs);
