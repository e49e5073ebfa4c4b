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
        var wish = new CreateTopicsRequestCreatableTopic
        {
            Name = name,
            NumPartitions = -1,
            ReplicationFactor = -1,
        };
        var plan = TopicCreation.Plan(admin.Node.Image, admin.Defaults, wish);
        if (plan.Error is null)
        {
            await admin.MakeTopic(plan, admin.Node.Shard.Random("topic-ids").NextUuid(), wish);
        }
    }
}
