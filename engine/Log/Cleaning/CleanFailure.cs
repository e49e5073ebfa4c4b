using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>Why a cleaning cannot go on, for the caller and in words for people.</summary>
internal sealed record CleanFailure(CleanStatus Status, IoStatus Io, string Reason)
{
    public static CleanFailure OfDisk(IoStatus io, string reason) => new(CleanStatus.DiskFailed, io, reason);

    public static CleanFailure Of(CleanStatus status, string reason) => new(status, IoStatus.Ok, reason);
}
