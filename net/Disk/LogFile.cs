using Microsoft.Win32.SafeHandles;
using Testbed.Foundation;

namespace Testbed.Net;

/// <summary>
/// An open file as the shard has it. <see cref="Contents"/> is worked on by this thread while nothing is
/// queued, and by the disk's thread while something is; all the rest belongs to the shard's thread. The
/// handle is given back when the engine has closed the file and neither an operation nor a send needs it any
/// longer.
/// </summary>
internal sealed class LogFile(FileDisk disk, string path, DiskFile contents) : IFile
{
    private int _sends;    // pieces in send queues of connections

    public string Path => path;

    public long Length { get; private set; } = contents.Length;

    /// <summary>The length when all that was asked for has been done.</summary>
    public long LengthAsked { get; private set; } = contents.Length;

    /// <summary>By the engine.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Operations handed to the disk's thread and not completed yet.</summary>
    public int QueuedCount { get; private set; }

    public DiskFile Contents => contents;

    public SafeFileHandle Handle => contents.Handle;

    public bool IsOf(FileDisk other) => ReferenceEquals(disk, other);

    /// <summary>A change that will leave the file this long was asked for.</summary>
    public void Ask(long length)
    {
        Invariant.Assert(!IsClosed);
        LengthAsked = length;
    }

    /// <summary>One more operation goes to the disk's thread.</summary>
    public void BeginQueued()
    {
        Invariant.Assert(!IsClosed);
        QueuedCount++;
    }

    /// <summary>It has completed and left the file this long.</summary>
    public void EndQueued(long length)
    {
        Invariant.Assert(QueuedCount > 0);
        QueuedCount--;
        Length = length;
        CatchUp();
        GiveBackIfUnused();
    }

    /// <summary>An operation has been done on the shard's own thread.</summary>
    public void CompleteInline()
    {
        Invariant.Assert(QueuedCount == 0);
        Length = contents.Length;
        CatchUp();
    }

    public void BeginSend()
    {
        Invariant.Assert(!IsClosed);
        _sends++;
    }

    public void EndSend()
    {
        Invariant.Assert(_sends > 0);
        _sends--;
        GiveBackIfUnused();
    }

    public void Close()
    {
        Invariant.Assert(!IsClosed);
        IsClosed = true;
        GiveBackIfUnused();
    }

    /// <summary>What failed has not been added.</summary>
    private void CatchUp()
    {
        if (QueuedCount == 0)
        {
            LengthAsked = Length;
        }
    }

    private void GiveBackIfUnused()
    {
        if (IsClosed && _sends == 0 && QueuedCount == 0)
        {
            disk.GiveBack(this);
        }
    }
}
