using System.Collections.Generic;
using System.Globalization;
using Testbed.Foundation;
using Testbed.Node.Controller;
using Testbed.Node.Settings;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Node.Requests.Reading;

/// <summary>
/// DescribeConfigs, versions 0 to 4, of topics and of this broker (KIP-133, KIP-226, KIP-569).
/// </summary>
public sealed class DescribeConfigsHandler(NodeContext node) : RequestHandler<DescribeConfigsRequest>
{
    protected override void Handle(Exchange exchange, DescribeConfigsRequest request)
    {
        var response = new DescribeConfigsResponse();
        var entriesLeft = Limits.ConfigEntriesPerAnswer;
        foreach (var resource in request.Resources)
        {
            var result = entriesLeft > 0
                ? Describe(resource, exchange.Version, request.IncludeSynonyms)
                : TooMany(resource);
            entriesLeft -= result.Configs.Count;
            response.Results.Add(result);
        }
        exchange.Respond(response);
    }

    private static DescribeConfigsResponseResult TooMany(DescribeConfigsRequestResource resource) => new()
    {
        ResourceType = resource.ResourceType,
        ResourceName = resource.ResourceName,
        ErrorCode = ErrorCode.PolicyViolation,
        ErrorMessage = $"one answer describes at most {Limits.ConfigEntriesPerAnswer} settings; "
            + "ask for fewer resources at a time",
    };

    private DescribeConfigsResponseResult Describe(
        DescribeConfigsRequestResource resource, short version, bool withSynonyms)
    {
        var result = new DescribeConfigsResponseResult
        {
            ResourceType = resource.ResourceType,
            ResourceName = resource.ResourceName,
            ErrorMessage = "",
        };
        var entries = Entries(resource, out var error);
        if (error is not null)
        {
            result.ErrorCode = error.Code;
            result.ErrorMessage = error.Code == ErrorCode.UnknownTopicOrPartition ? null : error.Message;
            return result;
        }
        foreach (var entry in entries)
        {
            // No list asks for everything; an empty one does too.
            if (resource.ConfigurationKeys is not { Count: > 0 } keys || keys.Contains(entry.Name))
            {
                result.Configs.Add(ToAnswer(entry, version, withSynonyms));
            }
        }
        return result;
    }

    private IEnumerable<ConfigEntry> Entries(DescribeConfigsRequestResource resource, out AdminError? error)
    {
        error = null;
        switch ((ConfigResourceType)resource.ResourceType)
        {
            case ConfigResourceType.Topic:
                error = TopicError(resource.ResourceName);
                var own = node.Image.Configs(
                    new ConfigResource(ConfigResourceType.Topic, resource.ResourceName));
                return TopicConfigEntries.All(own, node.Settings.Values);
            case ConfigResourceType.Broker when resource.ResourceName.Length == 0:
                return [];    // what was set for all brokers at run time: nothing can be, yet
            case ConfigResourceType.Broker:
                error = BrokerError(resource.ResourceName);
                return BrokerConfigEntries.All(node.Settings.Values);
            default:
                error = new AdminError(
                    ErrorCode.InvalidRequest,
                    $"resource type {resource.ResourceType} has no settings here; "
                    + "ask for topics (2) or brokers (4)");
                return [];
        }
    }

    private AdminError? TopicError(string name)
    {
        if (TopicNames.Problem(name) is { } problem)
        {
            return new AdminError(ErrorCode.InvalidTopicException, problem);
        }
        return node.Image.Topic(name) is null
            ? new AdminError(ErrorCode.UnknownTopicOrPartition, $"there is no topic '{name}'")
            : null;
    }

    private AdminError? BrokerError(string name)
    {
        var own = node.Settings.NodeId.Value.ToString(CultureInfo.InvariantCulture);
        return name == own
            ? null
            : new AdminError(
                ErrorCode.InvalidRequest,
                $"this is broker {own}; ask broker {name} for its settings itself");
    }

    private static DescribeConfigsResponseResourceResult ToAnswer(
        ConfigEntry entry, short version, bool withSynonyms)
    {
        var answer = new DescribeConfigsResponseResourceResult
        {
            Name = entry.Name,
            Value = entry.IsSensitive ? null : entry.Value,
            ReadOnly = entry.IsReadOnly,
            IsDefault = version == 0 && entry.Source == ConfigSource.DefaultConfig,
            ConfigSource = (sbyte)entry.Source,
            IsSensitive = entry.IsSensitive,
            ConfigType = (sbyte)entry.Type,
            Documentation = null,
        };
        foreach (var synonym in withSynonyms ? entry.Synonyms : [])
        {
            answer.Synonyms.Add(new DescribeConfigsResponseSynonym
            {
                Name = synonym.Name,
                Value = synonym.Value,
                Source = (sbyte)synonym.Source,
            });
        }
        return answer;
    }
}
