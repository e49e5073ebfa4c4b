using System;
using System.Globalization;
using System.IO;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Testbed.Net;

/// <summary>
/// One node's claim on a log directory: an exclusive lock of the operating system on the file .lock in it
/// (flock(2) on Linux), held until disposal or the process's death, however that comes. The file holds the
/// owner's process id as text; it stays when the lock goes, and means nothing by itself.
/// </summary>
public sealed class DirectoryLock : IDisposable
{
    /// <summary>Kafka's name for it; <see cref="FileDisk"/> hides it from the engine.</summary>
    public const string FileName = ".lock";

    private const int ProcessIdMaxBytes = 16;
    private const int LockedErrno = 11;
    private const int WindowsSharingViolation = unchecked((int)0x80070020);

    private readonly string _file;
    private readonly SafeFileHandle _held;
    private readonly byte[]? _before;    // what the file held; null for one that was made

    private DirectoryLock(string file, SafeFileHandle held, byte[]? before)
    {
        _file = file;
        _held = held;
        _before = before;
    }

    /// <summary>Claims a directory that exists. Nothing on the disk changes unless it succeeds.</summary>
    public static DirectoryLockResult Acquire(string directory)
    {
        var name = Path.Combine(directory, FileName);
        SafeFileHandle? handle = null;
        try
        {
            var isNew = !File.Exists(name);
            handle = File.OpenHandle(name, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            var before = new byte[Math.Min(RandomAccess.GetLength(handle), ProcessIdMaxBytes)];
            RandomAccess.Read(handle, before, 0);
            Write(handle, Encoding.ASCII.GetBytes(
                Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            var acquired = new DirectoryLock(name, handle, isNew ? null : before);
            return new DirectoryLockResult(LockStatus.Acquired, acquired, 0, "");
        }
        catch (IOException error) when (error.HResult is LockedErrno or WindowsSharingViolation)
        {
            return new DirectoryLockResult(LockStatus.HeldByOther, null, OwnerOf(name), error.Message);
        }
        catch (Exception error) when (DiskFailures.IsFailure(error))
        {
            handle?.Dispose();
            return new DirectoryLockResult(LockStatus.Failed, null, 0, error.Message);
        }
    }

    public void Dispose() => _held.Dispose();

    /// <summary>
    /// Leaves the file as it was, while it is still held: a file that somebody else has claimed by then must
    /// not go.
    /// </summary>
    internal void Undo()
    {
        if (_before is null)
        {
            File.Delete(_file);
        }
        else
        {
            Write(_held, _before);
        }
    }

    private static void Write(SafeFileHandle handle, ReadOnlySpan<byte> text)
    {
        RandomAccess.Write(handle, text, 0);
        RandomAccess.SetLength(handle, text.Length);
    }

    /// <summary>0 where a file cannot be read past its lock, or does not say.</summary>
    private static int OwnerOf(string name)
    {
        if (!OperatingSystem.IsLinux())
        {
            return 0;
        }
        try
        {
            using var handle = LinuxFiles.OpenToRead(name);
            Span<byte> text = stackalloc byte[ProcessIdMaxBytes];
            var count = RandomAccess.Read(handle, text, 0);
            return int.TryParse(text[..count], CultureInfo.InvariantCulture, out var id) ? id : 0;
        }
        catch (Exception error) when (DiskFailures.IsFailure(error))
        {
            return 0;
        }
    }
}
