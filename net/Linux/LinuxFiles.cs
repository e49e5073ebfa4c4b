using System.IO;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Testbed.Net;

/// <summary>
/// File calls of Linux that .NET does not offer; failures are IOExceptions with the errno as HResult.
/// </summary>
internal static class LinuxFiles
{
    public static void SyncData(SafeFileHandle file)
    {
        while (LinuxCalls.SyncData(file) != 0)
        {
            ThrowUnlessInterrupted();
        }
    }

    /// <summary>Makes the names in a directory survive a power cut.</summary>
    public static void SyncDirectory(string path)
    {
        using var directory = OpenToRead(path);
        while (LinuxCalls.Sync(directory) != 0)
        {
            ThrowUnlessInterrupted();
        }
    }

    /// <summary>A file or directory, without the advisory lock that .NET takes with every handle.</summary>
    public static SafeFileHandle OpenToRead(string path)
    {
        while (true)
        {
            var handle = LinuxCalls.Open(path, LinuxCalls.OpenReadOnlyCloseOnExec);
            if (!handle.IsInvalid)
            {
                return handle;
            }
            handle.Dispose();
            ThrowUnlessInterrupted();
        }
    }

    private static void ThrowUnlessInterrupted()
    {
        var errno = Marshal.GetLastPInvokeError();
        if (errno == LinuxCalls.ErrnoNoSuchEntry)
        {
            throw new DirectoryNotFoundException(Marshal.GetPInvokeErrorMessage(errno));
        }
        if (errno != LinuxCalls.ErrnoInterrupted)
        {
            throw new IOException(Marshal.GetPInvokeErrorMessage(errno), errno);
        }
    }
}
