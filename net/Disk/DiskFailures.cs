using System;
using System.IO;
using Testbed.Foundation;

namespace Testbed.Net;

/// <summary>The system's file errors in the engine's words.</summary>
internal static class DiskFailures
{
    // .NET hands errno through as the HResult of an IOException it has no class for.
    private const int SystemFilesErrno = 23;
    private const int ProcessFilesErrno = 24;
    private const int NoSpaceErrno = 28;
    private const int QuotaErrno = 122;
    private const int WindowsFiles = unchecked((int)0x80070004);
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);

    /// <summary>True for what a file system call may throw in a correct program.</summary>
    public static bool IsFailure(Exception error) =>
        error is IOException or UnauthorizedAccessException or NotSupportedException;

    public static IoStatus StatusOf(Exception error) => error switch
    {
        FileNotFoundException or DirectoryNotFoundException => IoStatus.NotFound,
        IOException { HResult: NoSpaceErrno or QuotaErrno or WindowsDiskFull or WindowsHandleDiskFull } =>
            IoStatus.NoSpace,
        IOException { HResult: SystemFilesErrno or ProcessFilesErrno or WindowsFiles } =>
            IoStatus.TooManyOpen,
        _ => IoStatus.Failed,
    };
}
