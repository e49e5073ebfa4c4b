using System.Linq;
using Testbed.Foundation;
using Testbed.Node.Controller;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Node.Requests.Admin;

/// <summary>Adds partitions to topics, each for itself.</summary>
internal sealed class CreatePartitionsStep(
    AdminContext admin, Exchange exchange, CreatePartitionsRequest request)
    : IAdminStep
{
    private readonly PartitionAllowance _allowance = new();

    public async EngineTask Run()
    {
        var response = new CreatePartitionsResponse();
        foreach (var group in request.Topics.GroupBy(static topic => topic.Name))
        {
            var wishes = group.ToList();
            var error = wishes.Count > 1
                ? new AdminError(ErrorCode.InvalidRequest, $"topic '{group.Key}' is named twice")
                : await Grow(wishes[0]);
            response.Results.Add(new CreatePartitionsResponseTopicResult
            {
                Name = group.Key,
                ErrorCode = error?.Code ?? ErrorCode.None,
                ErrorMessage = error?.Message,
            });
        }
        exchange.Respond(response);
    }

    private async EngineTask<AdminError?> Grow(CreatePartitionsRequestTopic wish)
    {
        var image = admin.Node.Image;
        var plan = PartitionGrowth.Plan(image, wish);
        var error = plan.Error ?? _allowance.Take(plan);
        if (error is not null || request.ValidateOnly)
        {
            return error;
        }
        var topic = image.Topic(wish.Name)!;
        var present = topic.Partitions.Count;
        if (!await admin.Log.Append(PartitionGrowth.Records(image, topic, plan)))
        {
            return new AdminError(ErrorCode.KafkaStorageError, "the metadata log cannot be written");
        }
        await admin.Partitions.Open(topic, present);
        return null;
    }
}
