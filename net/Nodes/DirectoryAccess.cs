using System;
using System.IO;
using System.Runtime.InteropServices;

namespace Testbed.Net;

/// <summary>Whether this process may write into a directory, found out without writing.</summary>
internal static partial class DirectoryAccess
{
    private const int WriteAndSearch = 2 | 1;    // W_OK | X_OK of access(2)

    public static bool IsWritable(string directory) => OperatingSystem.IsWindows()
        ? (File.GetAttributes(directory) & FileAttributes.ReadOnly) == 0
        : Access(directory, WriteAndSearch) == 0;

    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);
}
