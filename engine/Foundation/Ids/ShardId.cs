namespace Testbed.Foundation;

/// <summary>
/// One single-threaded island of a node. Nodes have one shard today; the index keeps the seam.
/// </summary>
public readonly record struct ShardId(NodeId Node, int Index)
{
    public override string ToString() => $"{Node}.{Index}";
}
