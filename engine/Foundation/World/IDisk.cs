using System;
using System.Collections.Generic;

namespace Testbed.Foundation;

/// <summary>
/// One log directory. Paths are relative to it, with '/' between the parts. Every operation completes through
/// the shard's queue. Operations on one file complete in the order they were asked for; on different files in
/// any order. Writes survive the process; only synced bytes, and names in synced directories, survive the
/// machine.
/// </summary>
public interface IDisk
{
    /// <summary>The directory as the settings name it (log.dirs), for messages.</summary>
    string Name { get; }

    /// <summary>
    /// Opens a file for reading and writing. Its directory must exist. For a file that is emptied,
    /// <paramref name="reserveBytes"/> of the disk are set aside, where the file system can; its length stays
    /// 0.
    /// </summary>
    EngineOp<OpenedFile> Open(string path, OpenMode mode, long reserveBytes = 0);

    /// <summary>
    /// Writes the pieces one after another from <paramref name="offset"/>, at most the file's length. Neither
    /// the list nor the bytes may change until it completes.
    /// </summary>
    EngineOp<IoResult> Write(IFile file, long offset, IReadOnlyList<ReadOnlyMemory<byte>> pieces);

    EngineOp<IoResult> Read(IFile file, long offset, Memory<byte> into);

    /// <summary>
    /// Makes the file's contents and length survive a power cut. A failure is final: the kernel may have
    /// dropped what it could not write, so a later success would prove nothing.
    /// </summary>
    EngineOp<IoResult> Sync(IFile file);

    /// <summary>
    /// Cuts the file to <paramref name="length"/> bytes, at most its length. What was set aside behind it is
    /// given back.
    /// </summary>
    EngineOp<IoResult> Truncate(IFile file, long length);

    /// <summary>
    /// Gives the handle back; the engine does not touch the file afterwards. Bytes being sent are still sent.
    /// </summary>
    void Close(IFile file);

    /// <summary>
    /// Renames a file over what may be there, or a directory to a free name, and syncs the parent directory.
    /// </summary>
    EngineOp<IoResult> Rename(string from, string to);

    /// <summary>Deletes a file or an empty directory. NotFound when there is none.</summary>
    EngineOp<IoResult> Delete(string path);

    /// <summary>Makes a directory and its parents; Ok when it is there already.</summary>
    EngineOp<IoResult> CreateDirectory(string path);

    /// <summary>
    /// Makes the names in a directory (new, renamed, deleted) survive a power cut. "" is the log directory.
    /// </summary>
    EngineOp<IoResult> SyncDirectory(string path);

    EngineOp<Listing> List(string directory);
}
