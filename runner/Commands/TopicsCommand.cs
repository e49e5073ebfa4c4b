using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using Testbed.Client;
using Testbed.Foundation;
using Testbed.Wire;

namespace Testbed.Runner.Commands;

/// <summary>
/// `testbed topics`: creates, lists, describes, deletes and alters topics, as kafka-topics.sh does.
/// </summary>
internal sealed class TopicsCommand
{
    private const long TimeoutMs = 60_000;

    private readonly IReadOnlyList<NetworkAddress> _bootstrap;
    private readonly TopicsPrinter _printer;
    private readonly TopicsVerb _verb;
    private readonly string? _name;             // null with --list, and with --describe of all topics
    private readonly int? _partitionCount;      // there with --alter
    private readonly short? _replicationFactor;
    private readonly IReadOnlyList<KeyValuePair<string, string>> _configs;
    private readonly bool _mayExist;
    private readonly bool _mayBeMissing;

    private TopicsCommand(TopicsFlags flags, Output output, ParseResult parsed)
    {
        _bootstrap = flags.Client.Bootstrap(parsed);
        _printer = new TopicsPrinter(output, parsed.GetValue(flags.Json));
        _verb = flags.Verb(parsed);
        _name = parsed.GetValue(flags.Topic);
        _partitionCount = parsed.GetValue(flags.Partitions);
        _replicationFactor = parsed.GetValue(flags.ReplicationFactor);
        _configs = flags.Configs(parsed);
        _mayExist = parsed.GetValue(flags.IfNotExists);
        _mayBeMissing = parsed.GetValue(flags.IfExists);
    }

    /// <summary>The topic of a command that names one.</summary>
    private string Topic
    {
        get
        {
            Invariant.Assert(_name is not null);
            return _name;
        }
    }

    public static Command Build(Output output)
    {
        var flags = new TopicsFlags();
        var command = new Command("topics", "Creates, lists, describes, deletes and alters topics.");
        flags.AddTo(command);
        command.SetAction((parsed, cancel) => new TopicsCommand(flags, output, parsed).Run(cancel));
        return command;
    }

    private async Task<int> Run(CancellationToken cancel)
    {
        await using var session = new ClientSession(_bootstrap);
        var work = _verb switch
        {
            TopicsVerb.Create => CreateTopic(session, cancel),
            TopicsVerb.List => PrintNames(session, cancel),
            TopicsVerb.Describe => Describe(session, cancel),
            TopicsVerb.Delete => Delete(session, cancel),
            _ => Alter(session, cancel),
        };
        await work;
        return ExitCode.Ok;
    }

    private async Task PrintNames(ClientSession session, CancellationToken cancel) =>
        _printer.PrintNames(await List(session, cancel));

    private async Task<IReadOnlyList<TopicDescription>> List(
        ClientSession session, CancellationToken cancel) =>
        Value(await session.Run(cluster => new Admin(cluster).ListTopics(ClientSession.PatienceMs), cancel));

    private async Task Describe(ClientSession session, CancellationToken cancel)
    {
        var names = new List<string>();
        if (_name is not null)
        {
            names.Add(_name);
        }
        else
        {
            foreach (var listed in await List(session, cancel))
            {
                names.Add(listed.Name);
            }
        }
        var described = Value(await session.Run(
            cluster => new Admin(cluster).DescribeTopics(names, ClientSession.PatienceMs), cancel));
        var known = new List<TopicDescription>();
        foreach (var description in described)
        {
            if (description.Error == ErrorCode.None)
            {
                known.Add(description);
            }
            else if (description.Error != ErrorCode.UnknownTopicOrPartition)
            {
                throw ClientErrors.OfTopic(description.Name, description.Error);
            }
            else if (_name is not null && !_mayBeMissing)
            {
                throw ClientErrors.NoSuchTopic(description.Name);
            }
        }
        _printer.Print(known, await Configs(session, known, cancel));
    }

    private async Task<IReadOnlyList<ConfigDescription>> Configs(
        ClientSession session, List<TopicDescription> topics, CancellationToken cancel)
    {
        var names = topics.ConvertAll(topic => topic.Name);
        if (names.Count == 0)
        {
            return [];
        }
        return Value(await session.Run(
            cluster => new Admin(cluster).DescribeConfigs(ConfigResource.Topic, names, TimeoutMs), cancel));
    }

    private async Task CreateTopic(ClientSession session, CancellationToken cancel)
    {
        var topic = new NewTopic(Topic, _partitionCount ?? -1, _replicationFactor ?? -1)
        {
            Configs = _configs,
        };
        var outcome = Only(await session.Run(
            cluster => Change(cluster, admin => admin.CreateTopics([topic], TimeoutMs)), cancel));
        if (outcome.Error == ErrorCode.TopicAlreadyExists)
        {
            if (!_mayExist)
            {
                throw new CommandException(
                    $"topic '{Topic}' already exists. --if-not-exists lets that pass.");
            }
            _printer.PrintDone("created", Topic, isDone: false, "");
            return;
        }
        ThrowIfFailed(outcome);
        _printer.PrintDone("created", Topic, isDone: true, $"Created topic {Topic}.");
    }

    private async Task Delete(ClientSession session, CancellationToken cancel)
    {
        var outcome = Only(await session.Run(
            cluster => Change(cluster, admin => admin.DeleteTopics([Topic], TimeoutMs)), cancel));
        var isMissing = IsMissing(outcome);
        _printer.PrintDone("deleted", Topic, !isMissing, "");
    }

    private async Task Alter(ClientSession session, CancellationToken cancel)
    {
        var count = _partitionCount!.Value;
        var outcome = Only(await session.Run(
            cluster => Change(cluster, admin => admin.CreatePartitions(Topic, count, TimeoutMs)), cancel));
        var isMissing = IsMissing(outcome);
        _printer.PrintDone("altered", Topic, !isMissing, "");
    }

    /// <summary>
    /// Finds the cluster first, so that an unreachable one is told soon and a change waits long.
    /// </summary>
    private static async EngineTask<AdminResult<IReadOnlyList<TopicOutcome>>> Change(
        ClusterClient cluster,
        Func<Admin, EngineTask<AdminResult<IReadOnlyList<TopicOutcome>>>> change)
    {
        var deadline = cluster.Shard.Now.PlusMs(ClientSession.PatienceMs);
        while (cluster.Metadata.UpdatedAt is null && await cluster.Refresh(deadline))
        {
        }
        return cluster.Metadata.UpdatedAt is null
            ? new(ErrorCode.NetworkException, ClientErrors.Words(cluster.LastFailure), null)
            : await change(new Admin(cluster));
    }

    /// <summary>True when the topic does not exist and that is fine.</summary>
    private bool IsMissing(TopicOutcome outcome)
    {
        if (outcome.Error != ErrorCode.UnknownTopicOrPartition)
        {
            ThrowIfFailed(outcome);
            return false;
        }
        return _mayBeMissing ? true : throw ClientErrors.NoSuchTopic(Topic);
    }

    private T Value<T>(AdminResult<T> result)
        where T : class => result.IsOk ? result.Value : throw ClientErrors.Of(result, _bootstrap);

    private TopicOutcome Only(AdminResult<IReadOnlyList<TopicOutcome>> result) => Value(result)[0];

    private static void ThrowIfFailed(TopicOutcome outcome)
    {
        if (outcome.Error != ErrorCode.None)
        {
            throw ClientErrors.OfTopic(outcome.Name, outcome.Error, outcome.Message);
        }
    }
}
