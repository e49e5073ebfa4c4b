using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>What opening a log has found out about it so far.</summary>
/// <param name="StartOffset">First offset that is not deleted.</param>
/// <param name="EndOffset">Next offset.</param>
/// <param name="Epochs">Leader epochs of the records.</param>
/// <param name="Producers">Idempotent producers of the records.</param>
/// <param name="OfflineReason">Why the log cannot be used; null when it can.</param>
/// <param name="IsFirst">True while no segment has been read.</param>
internal sealed record LogState(
    Offset StartOffset,
    Offset EndOffset,
    LeaderEpochs Epochs,
    ProducerStates Producers,
    string? OfflineReason,
    bool IsFirst)
{
    public static LogState Empty =>
        new(Offset.Zero, Offset.Zero, new LeaderEpochs(), new ProducerStates(), null, true);
}
