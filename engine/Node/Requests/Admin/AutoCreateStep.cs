using Testbed.Foundation;
using Testbed.Node.Controller;
using Testbed.Wire.Messages;

namespace Testbed.Node.Requests.Admin;

/// <summary>
/// Makes a topic that a client asked the metadata of (auto.create.topics.enable). The client asks again;
/// nobody is told of a refusal.
/// </summary>
internal sealed class AutoCreateStep(AdminContext admin, string name) : IAdminStep
{
    public async EngineTask Run()
    {
        await Make();
        admin.AutoCreation.OnDone(name);
    }

    private async EngineTask Make()
    {
        var image = admin.Node.Image;
        var wish = new CreateTopicsRequestCreatableTopic
        {
            Name = name,
            NumPartitions = -1,
            ReplicationFactor = -1,
        };
        var plan = TopicCreation.Plan(image, admin.Defaults, wish);
        if (plan.Error is not null)
        {
            return;
        }
        var id = admin.Node.Shard.Random("topic-ids").NextUuid();
        if (await admin.Log.Append(TopicCreation.Records(image, plan, id, wish)))
        {
            await admin.Partitions.Open(image.Topic(id)!, 0);
        }
    }
}
