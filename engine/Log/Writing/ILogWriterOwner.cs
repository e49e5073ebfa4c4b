using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>The log a <see cref="LogWriter"/> writes for.</summary>
internal interface ILogWriterOwner
{
    /// <summary>
    /// A group of <paramref name="sizeBytes"/> was written: everything below <paramref name="end"/> is in the
    /// file, and synced if <paramref name="isSynced"/>.
    /// </summary>
    void OnGroupWritten(Offset end, long sizeBytes, bool isSynced);

    /// <summary>
    /// Everything below is on the disk for good, with its indexes and the producers' state.
    /// </summary>
    void OnMilestone(Offset at);

    /// <summary>A write, sync or roll failed; nothing more will be written.</summary>
    void OnWriteFailed(IoStatus status);
}
