using System.Runtime.InteropServices;

namespace Testbed.Net;

/// <summary>Closes a handle: of a deleted file, that is when the file system does the deleting.</summary>
internal sealed class CloseJob(SafeHandle handle) : IDiskJob
{
    public void Execute() => handle.Dispose();
}
