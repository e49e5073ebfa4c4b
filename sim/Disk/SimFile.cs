using System;
using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// An open file, as the engine holds it. It works for the incarnation that opened it, on the disk it is from.
/// </summary>
internal sealed class SimFile(SimDisk disk, SimShard owner, FileNode node, string path) : IFile
{
    /// <summary>As it was when the file was opened; renaming the file does not change it.</summary>
    public string Path => path;

    public long Length => node.Length;

    public FileNode Node => node;

    public SimDisk Disk => disk;

    public SimShard Owner => owner;

    /// <summary>False once the engine has given the handle back.</summary>
    public bool IsOpen { get; set; } = true;

    /// <summary>
    /// Reads bytes that are being sent, for which the handle need not be open. False when they cannot be
    /// read.
    /// </summary>
    public bool TryReadForSending(long offset, Span<byte> into)
    {
        var fault = disk.Decide(DiskRequestKind.ReadForSending, path, offset, into.Length);
        return owner.IsAlive && fault.Status == IoStatus.Ok && node.Read(offset, into) == into.Length;
    }
}
