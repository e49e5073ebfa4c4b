using System;
using System.Collections.Generic;
using System.IO;
using Microsoft.Win32.SafeHandles;
using Testbed.Foundation;

namespace Testbed.Net;

/// <summary>
/// The file as the system has it. One thread at a time: the shard's or the disk's, handed over through their
/// queues. After a failed write, sync or truncation the contents are unknown, and all further ones fail
/// without touching the file: the kernel reports an error of write-back once, so that a second sync would
/// lie.
/// </summary>
internal sealed class DiskFile(FileDisk disk, SafeFileHandle handle, string name, bool portable)
{
    private bool _isUnknown;    // a change has failed

    public SafeFileHandle Handle => handle;

    /// <summary>
    /// Bytes that succeeded writes have left. A write cut short by a full disk may have left more behind
    /// them.
    /// </summary>
    public long Length { get; private set; } = RandomAccess.GetLength(handle);

    /// <summary>NoSpace too for a write behind one that found no space: there would be a hole.</summary>
    public IoResult Write(long offset, IReadOnlyList<ReadOnlyMemory<byte>> pieces)
    {
        if (_isUnknown || offset > Length)
        {
            return new IoResult(_isUnknown ? IoStatus.Failed : IoStatus.NoSpace);
        }
        try
        {
            if (pieces.Count == 1)
            {
                RandomAccess.Write(handle, pieces[0].Span, offset);    // writes all or throws
            }
            else
            {
                RandomAccess.Write(handle, pieces, offset);
            }
        }
        catch (Exception error) when (DiskFailures.IsFailure(error))
        {
            return Changed(disk.Failed($"write {name} at {offset}", error));
        }
        Length = Math.Max(Length, offset + SizeOf(pieces));
        return new IoResult(IoStatus.Ok);
    }

    public IoResult Read(long offset, Memory<byte> into)
    {
        var wanted = (int)Math.Min(into.Length, Math.Max(0, Length - offset));
        var count = 0;
        try
        {
            while (count < wanted)
            {
                var read = RandomAccess.Read(handle, into.Span[count..wanted], offset + count);
                if (read == 0)
                {
                    disk.Note($"read {name} at {offset + count}: the file is shorter than it was");
                    return new IoResult(IoStatus.Failed);
                }
                count += read;
            }
            return new IoResult(IoStatus.Ok, count);
        }
        catch (Exception error) when (DiskFailures.IsFailure(error))
        {
            return new IoResult(disk.Failed($"read {name} at {offset + count}", error));
        }
    }

    public IoResult Truncate(long length)
    {
        if (_isUnknown)
        {
            return new IoResult(IoStatus.Failed);
        }
        try
        {
            RandomAccess.SetLength(handle, length);
        }
        catch (Exception error) when (DiskFailures.IsFailure(error))
        {
            return Changed(disk.Failed($"truncate {name} to {length}", error));
        }
        Length = length;
        return new IoResult(IoStatus.Ok);
    }

    /// <summary>Contents and length, not the times: fdatasync(2). Elsewhere what .NET flushes with.</summary>
    public IoResult Sync()
    {
        if (_isUnknown)
        {
            return new IoResult(IoStatus.Failed);
        }
        try
        {
            if (portable)
            {
                RandomAccess.FlushToDisk(handle);
            }
            else
            {
                LinuxFiles.SyncData(handle);
            }
            return new IoResult(IoStatus.Ok);
        }
        catch (Exception error) when (DiskFailures.IsFailure(error))
        {
            disk.Failed($"sync {name}", error);
            return Changed(IoStatus.Failed);
        }
    }

    public static long SizeOf(IReadOnlyList<ReadOnlyMemory<byte>> pieces)
    {
        var size = 0L;
        for (var i = 0; i < pieces.Count; i++)
        {
            size += pieces[i].Length;
        }
        return size;
    }

    private IoResult Changed(IoStatus failure)
    {
        _isUnknown |= failure == IoStatus.Failed;
        return new IoResult(failure);
    }
}
