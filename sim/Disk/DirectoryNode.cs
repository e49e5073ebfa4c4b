using System;
using System.Collections.Generic;

namespace Testbed.Sim;

/// <summary>
/// A directory's names twice over: as programs see them, and as they would be found after a power cut.
/// </summary>
internal sealed class DirectoryNode(long id) : DiskNode(id)
{
    public SortedDictionary<string, DiskNode> Live { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, DiskNode> Durable { get; } = new(StringComparer.Ordinal);

    /// <summary>Only what is durable is left.</summary>
    public void ForgetUnsynced()
    {
        Live.Clear();
        foreach (var (name, node) in Durable)
        {
            Live.Add(name, node);
        }
    }
}
