using Testbed.Foundation;
using Testbed.Node.Boot;
using Testbed.Node.Controller;
using Testbed.Wire.Messages;

namespace Testbed.Node.Requests.Admin;

/// <summary>What steps that change the metadata work with.</summary>
public sealed record AdminContext(
    NodeContext Node, MetadataLog Log, PartitionLifecycle Partitions, AdminQueue Queue)
{
    public AutoCreation AutoCreation => field ??= new AutoCreation(this);

    public TopicDefaults Defaults => new(Node.Settings.PartitionCount, Node.Settings.ReplicationFactor);

    /// <summary>
    /// Makes a planned topic and completes when its partitions serve; with false when the metadata log cannot
    /// be written.
    /// </summary>
    public async EngineTask<bool> MakeTopic(
        TopicPlan plan, Uuid id, CreateTopicsRequestCreatableTopic wish)
    {
        if (!await Log.Append(TopicCreation.Records(Node.Image, plan, id, wish)))
        {
            return false;
        }
        await Partitions.Open(Node.Image.Topic(id)!, 0);
        return true;
    }
}
