using Testbed.Node.Boot;
using Testbed.Node.Controller;

namespace Testbed.Node.Requests.Admin;

/// <summary>What steps that change the metadata work with.</summary>
public sealed record AdminContext(
    NodeContext Node, MetadataLog Log, PartitionLifecycle Partitions, AdminQueue Queue)
{
    public AutoCreation AutoCreation => field ??= new AutoCreation(this);

    public TopicDefaults Defaults => new(Node.Settings.PartitionCount, Node.Settings.ReplicationFactor);
}
