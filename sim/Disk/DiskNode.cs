namespace Testbed.Sim;

/// <summary>
/// A file or directory by identity, whatever names it has or had: what Unix calls an inode.
/// </summary>
internal abstract class DiskNode(long id)
{
    /// <summary>Counted per disk from 1; never used twice.</summary>
    public long Id => id;

    /// <summary>The operations on it, which the disk does one after another.</summary>
    public DiskLane Lane { get; } = new();
}
