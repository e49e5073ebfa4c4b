using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Testbed.Net;

/// <summary>
/// The system calls of Linux that .NET does not offer: the manual pages of section 2 are their documentation.
/// All failures are -1 (or an invalid handle) and an errno.
/// </summary>
internal static partial class LinuxCalls
{
    public const int EpollCloseOnExec = 0x80000;
    public const int EpollAdd = 1;
    public const int EpollDelete = 2;
    public const int EpollModify = 3;
    public const int EventNonBlockingCloseOnExec = 0x80800;
    public const int OpenReadOnlyCloseOnExec = 0x80000;

    public const int SendMore = 0x8000 | 0x4000 | 0x40;    // MSG_MORE, MSG_NOSIGNAL, MSG_DONTWAIT

    public const int ErrnoNoSuchEntry = 2;
    public const int ErrnoInterrupted = 4;
    public const int ErrnoAgain = 11;
    public const int ErrnoBrokenPipe = 32;
    public const int ErrnoConnectionReset = 104;

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial SafeFileHandle EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int EpollControl(SafeFileHandle epoll, int operation, int descriptor, ref byte set);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int EpollWait(SafeFileHandle epoll, ref byte events, int eventsMax, int timeoutMs);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial SafeFileHandle EventCreate(uint count, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint EventRead(SafeFileHandle counter, ref ulong value, nint sizeBytes);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint EventWrite(SafeFileHandle counter, ref ulong value, nint sizeBytes);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(SafeHandle socket, ref byte bytes, nint count, int flags);

    [LibraryImport("libc", EntryPoint = "sendfile", SetLastError = true)]
    public static partial nint SendFile(SafeHandle socket, SafeFileHandle file, ref long offset, nint count);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true,
        StringMarshalling = StringMarshalling.Utf8)]
    public static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Access(string path, int mode);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    public static partial int Sync(SafeFileHandle directory);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    public static partial int SyncData(SafeFileHandle file);
}
