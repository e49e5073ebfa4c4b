using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>The log a <see cref="LogWriter"/> writes for.</summary>
internal interface ILogWriterOwner
{
    /// <summary>
    /// Everything below <paramref name="end"/> is in the file, and synced if <paramref name="isSynced"/>.
    /// </summary>
    void OnGroupWritten(Offset end, bool isSynced);

    /// <summary>A write, sync or roll failed; nothing more will be written.</summary>
    void OnWriteFailed(IoStatus status);
}
