using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Node.Controller;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Node.Requests.Admin;

/// <summary>
/// Deletes topics, each for itself. A topic named twice, or by name and id at once, is deleted by neither.
/// </summary>
internal sealed class DeleteTopicsStep(AdminContext admin, Exchange exchange, DeleteTopicsRequest request)
    : IAdminStep
{
    private readonly DeleteTopicsResponse _response = new();

    public async EngineTask Run()
    {
        foreach (var (name, id, isTwice) in Wishes())
        {
            _response.Responses.Add(await DeleteOne(name, id, isTwice));
        }
        exchange.Respond(_response);
    }

    private List<(string? Name, Uuid Id, bool IsTwice)> Wishes()
    {
        var named = request.TopicNames.Select(static name => ((string?)name, Uuid.Zero))
            .Concat(request.Topics.Select(static topic => (topic.Name, topic.TopicId)));
        return [.. named.GroupBy(static wish => wish).Select(static group =>
            (group.Key.Item1, group.Key.Item2, group.Count() > 1))];
    }

    private async EngineTask<DeleteTopicsResponseDeletableTopicResult> DeleteOne(
        string? name, Uuid id, bool isTwice)
    {
        var image = admin.Node.Image;
        var topic = name is not null ? image.Topic(name) : image.Topic(id);
        if (Refusal(name, id, isTwice, topic) is { } error)
        {
            return new DeleteTopicsResponseDeletableTopicResult
            {
                Name = name,
                TopicId = id,
                ErrorCode = error.Code,
                ErrorMessage = error.Message,
            };
        }
        var delayMs = admin.Node.SettingsOf(topic!.Name).Number("file.delete.delay.ms");
        var isDone = await admin.Log.Append([new RemoveTopicRecord { TopicId = topic.Id }]);
        if (isDone)
        {
            await admin.Partitions.Delete(topic, delayMs);
        }
        return new DeleteTopicsResponseDeletableTopicResult
        {
            Name = topic.Name,
            TopicId = topic.Id,
            ErrorCode = isDone ? ErrorCode.None : ErrorCode.KafkaStorageError,
        };
    }

    private AdminError? Refusal(string? name, Uuid id, bool isTwice, TopicImage? topic)
    {
        if (name is not null && !id.IsZero)
        {
            return new AdminError(
                ErrorCode.InvalidRequest, "name a topic by its name or by its id, not both");
        }
        if (isTwice)
        {
            return new AdminError(ErrorCode.InvalidRequest, "the topic is named twice");
        }
        if (!admin.Node.Settings.IsDeleteEnabled)
        {
            return new AdminError(
                ErrorCode.TopicDeletionDisabled, "delete.topic.enable is false on this cluster");
        }
        if (topic is not null)
        {
            return null;
        }
        return name is null
            ? new AdminError(ErrorCode.UnknownTopicId, $"there is no topic with id {id}")
            : new AdminError(ErrorCode.UnknownTopicOrPartition, $"there is no topic '{name}'");
    }
}
