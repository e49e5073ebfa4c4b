using System;
using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Node.Controller;
using Testbed.Node.Settings;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Node.Requests.Admin;

/// <summary>
/// Makes topics, each for itself: one that is refused does not stop the others. The answer leaves when the
/// partitions serve, so that a client may use them at once.
/// </summary>
internal sealed class CreateTopicsStep(AdminContext admin, Exchange exchange, CreateTopicsRequest request)
    : IAdminStep
{
    private readonly MetadataImage _image = admin.Node.Image;
    private readonly CreateTopicsResponse _response = new();
    private readonly PartitionAllowance _allowance = new();

    public async EngineTask Run()
    {
        foreach (var group in request.Topics.GroupBy(static topic => topic.Name))
        {
            var wishes = group.ToList();
            _response.Topics.Add(wishes.Count > 1
                ? Refused(
                    group.Key,
                    new AdminError(ErrorCode.InvalidRequest, $"topic '{group.Key}' is named twice"))
                : await CreateOne(wishes[0]));
        }
        exchange.Respond(_response);
    }

    private async EngineTask<CreateTopicsResponseCreatableTopicResult> CreateOne(
        CreateTopicsRequestCreatableTopic wish)
    {
        var plan = TopicCreation.Plan(_image, admin.Defaults, wish);
        if ((plan.Error ?? _allowance.Take(plan)) is { } error)
        {
            return Refused(wish.Name, error);
        }
        var id = admin.Node.Shard.Random("topic-ids").NextUuid();
        if (!request.ValidateOnly && !await Make(plan, id, wish))
        {
            return Refused(
                wish.Name, new AdminError(ErrorCode.KafkaStorageError, "the metadata log cannot be written"));
        }
        return Made(plan, id, wish);
    }

    private async EngineTask<bool> Make(TopicPlan plan, Uuid id, CreateTopicsRequestCreatableTopic wish)
    {
        var isMade = await admin.MakeTopic(plan, id, wish);
        if (isMade)
        {
            TellSettingsWithoutEffect(wish);
        }
        return isMade;
    }

    private void TellSettingsWithoutEffect(CreateTopicsRequestCreatableTopic wish)
    {
        var trace = admin.Node.Shard.Trace;
        foreach (var config in wish.Configs)
        {
            if (trace.IsListening && !TopicSettingTable.HasEffect(config.Name))
            {
                trace.Emit(new SettingWithoutEffect(wish.Name, config.Name));
            }
        }
    }

    private CreateTopicsResponseCreatableTopicResult Made(
        TopicPlan plan, Uuid id, CreateTopicsRequestCreatableTopic wish)
    {
        var result = new CreateTopicsResponseCreatableTopicResult
        {
            Name = wish.Name,
            TopicId = id,
            ErrorMessage = null,
            NumPartitions = plan.PartitionCount,
            ReplicationFactor = (short)plan.ReplicationFactor,
            Configs = [],
        };
        var own = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var config in wish.Configs)
        {
            own[config.Name] = config.Value!;    // of several the last counts, as in the log
        }
        foreach (var entry in TopicConfigEntries.All(own, admin.Node.Settings.Values))
        {
            result.Configs.Add(new CreateTopicsResponseCreatableTopicConfigs
            {
                Name = entry.Name,
                Value = entry.Value,
                ConfigSource = (sbyte)entry.Source,
            });
        }
        return result;
    }

    private static CreateTopicsResponseCreatableTopicResult Refused(string name, AdminError error) => new()
    {
        Name = name,
        ErrorCode = error.Code,
        ErrorMessage = error.Message,
        Configs = new List<CreateTopicsResponseCreatableTopicConfigs>(),
    };
}
