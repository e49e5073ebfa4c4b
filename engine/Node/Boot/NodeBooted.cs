using Testbed.Foundation;

namespace Testbed.Node.Boot;

/// <summary>A node has read everything and answers requests.</summary>
public readonly record struct NodeBooted(NodeId Node, int PartitionCount) : ITraceEvent
{
    public string Name => "node-booted";

    public void Describe(ITraceFields fields)
    {
        fields.Add("node", Node.Value);
        fields.Add("partitions", PartitionCount);
    }
}
