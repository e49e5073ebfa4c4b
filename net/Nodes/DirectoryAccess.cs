using System;
using System.IO;

namespace Testbed.Net;

/// <summary>Whether this process may write into a directory, found out without writing.</summary>
internal static class DirectoryAccess
{
    private const int WriteAndSearch = 2 | 1;    // W_OK | X_OK of access(2)

    public static bool IsWritable(string directory) => OperatingSystem.IsLinux()
        ? LinuxCalls.Access(directory, WriteAndSearch) == 0
        : !File.GetAttributes(directory).HasFlag(FileAttributes.ReadOnly);
}
