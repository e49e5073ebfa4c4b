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
        var wishes = request.TopicNames.Select(static name => (Name: (string?)name, Id: Uuid.Zero))
            .Concat(request.Topics.Select(static topic => (topic.Name, Id: topic.TopicId)));
        foreach (var group in wishes.GroupBy(Meaning).ToList())
        {
            var name = group.FirstOrDefault(static wish => wish.Name is not null).Name;
            var id = group.FirstOrDefault(static wish => !wish.Id.IsZero).Id;
            _response.Responses.Add(group.Count() > 1
                ? Refused(name, id, new AdminError(ErrorCode.InvalidRequest, "the topic is named twice"))
                : await DeleteOne(name, id));
        }
        exchange.Respond(_response);
    }

    /// <summary>
    /// The id of the topic that a wish names in either way; the wish itself when it names none, or wrongly.
    /// </summary>
    private (string? Name, Uuid Id) Meaning((string? Name, Uuid Id) wish) =>
        (wish.Name is null || wish.Id.IsZero) && Find(wish) is { } topic ? (null, topic.Id) : wish;

    private TopicImage? Find((string? Name, Uuid Id) wish) =>
        wish.Name is not null ? admin.Node.Image.Topic(wish.Name) : admin.Node.Image.Topic(wish.Id);

    private async EngineTask<DeleteTopicsResponseDeletableTopicResult> DeleteOne(string? name, Uuid id)
    {
        var topic = Find((name, id));
        if (Refusal(name, id, topic) is { } error)
        {
            return Refused(name, id, error);
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

    private static DeleteTopicsResponseDeletableTopicResult Refused(
        string? name, Uuid id, AdminError error) => new()
    {
        Name = name,
        TopicId = id,
        ErrorCode = error.Code,
        ErrorMessage = error.Message,
    };

    private AdminError? Refusal(string? name, Uuid id, TopicImage? topic)
    {
        if (name is not null && !id.IsZero)
        {
            return new AdminError(
                ErrorCode.InvalidRequest, "name a topic by its name or by its id, not both");
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
