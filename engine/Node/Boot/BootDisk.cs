using Testbed.Foundation;

namespace Testbed.Node.Boot;

/// <summary>What a start has found out about one of log.dirs.</summary>
internal sealed class BootDisk(IDisk disk)
{
    public IDisk Disk { get; } = disk;

    /// <summary>What the directory says of itself; null for a new one.</summary>
    public MetaProperties? Meta { get; set; }

    /// <summary>
    /// Why the directory cannot be used, for people; null while it can. The node starts without it.
    /// </summary>
    public string? Refusal { get; set; }

    public bool IsUsable => Refusal is null;
}
