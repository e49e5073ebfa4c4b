using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;

namespace Testbed.Runner;

/// <summary>The flags of `testbed topics`: Kafka's names, and which of them go together.</summary>
internal sealed class TopicsFlags
{
    public ClientFlags Client { get; } = new();

    public Option<bool> Create { get; } = new("--create") { Description = "Creates the topic." };

    public Option<bool> List { get; } = new("--list") { Description = "Prints the names of all topics." };

    public Option<bool> Describe { get; } = new("--describe")
    {
        Description = "Prints partitions, leaders and settings: of the topic, or of all.",
    };

    public Option<bool> Delete { get; } = new("--delete") { Description = "Deletes the topic." };

    public Option<bool> Alter { get; } = new("--alter")
    {
        Description = "Gives the topic more partitions: --partitions in all.",
    };

    public Option<string?> Topic { get; } = new("--topic")
    {
        Description = "Name of the topic.",
        HelpName = "name",
    };

    public Option<int?> Partitions { get; } = new("--partitions")
    {
        Description = "Number of partitions; the cluster's default when left out.",
        HelpName = "n",
        CustomParser = NumberFlag.Between(1, int.MaxValue),
    };

    public Option<short?> ReplicationFactor { get; } = new("--replication-factor")
    {
        Description = "Copies of each partition; the cluster's default when left out.",
        HelpName = "n",
        CustomParser = NumberFlag.Between<short>(1, short.MaxValue),
    };

    public Option<string[]> Config { get; } = new("--config")
    {
        Description = "A setting of the new topic; may be given several times.",
        HelpName = "name=value",
        DefaultValueFactory = _ => [],
    };

    public Option<bool> IfNotExists { get; } = new("--if-not-exists")
    {
        Description = "With --create: a topic that exists already is fine.",
    };

    public Option<bool> IfExists { get; } = new("--if-exists")
    {
        Description = "With --delete, --alter or --describe: a topic that does not exist is fine.",
    };

    public Option<bool> Json { get; } = new("--json") { Description = "Prints JSON." };

    public void AddTo(Command command)
    {
        Client.AddTo(command);
        Option[] options =
        [
            Create, List, Describe, Delete, Alter, Topic, Partitions, ReplicationFactor, Config, IfNotExists,
            IfExists, Json,
        ];
        foreach (var option in options)
        {
            command.Add(option);
        }
        command.Validators.Add(Validate);
    }

    /// <summary>What is asked for: exactly one flag says it.</summary>
    public TopicsVerb Verb(ParseResult parsed) =>
        parsed.GetValue(Create) ? TopicsVerb.Create
        : parsed.GetValue(List) ? TopicsVerb.List
        : parsed.GetValue(Describe) ? TopicsVerb.Describe
        : parsed.GetValue(Delete) ? TopicsVerb.Delete
        : TopicsVerb.Alter;

    /// <summary>The settings of --config; each is checked to be name=value.</summary>
    public List<KeyValuePair<string, string>> Configs(ParseResult parsed)
    {
        var configs = new List<KeyValuePair<string, string>>();
        foreach (var setting in parsed.GetValue(Config) ?? [])
        {
            var equals = setting.IndexOf('=');
            configs.Add(new(setting[..equals].Trim(), setting[(equals + 1)..].Trim()));
        }
        return configs;
    }

    private void Validate(CommandResult result)
    {
        var isAsked = new Option<bool>[] { Create, List, Describe, Delete, Alter };
        var askedCount = 0;
        foreach (var option in isAsked)
        {
            askedCount += result.GetValue(option) ? 1 : 0;
        }
        if (askedCount != 1)
        {
            result.AddError("give exactly one of --create, --list, --describe, --delete and --alter.");
            return;
        }
        Require(result, Topic, Create, Delete, Alter);
        Require(result, Partitions, Alter);
        Allow(result, Partitions, Create, Alter);
        Allow(result, ReplicationFactor, Create);
        Allow(result, Config, Create);
        Allow(result, IfNotExists, Create);
        Allow(result, IfExists, Delete, Alter, Describe);
        ValidateConfigs(result);
    }

    private void ValidateConfigs(CommandResult result)
    {
        foreach (var setting in result.GetValue(Config) ?? [])
        {
            if (setting.IndexOf('=') < 1)
            {
                result.AddError(
                    $"--config '{setting}' is no setting: write name=value, as in retention.ms=60000.");
            }
        }
    }

    private static void Require(CommandResult result, Option needed, params Option<bool>[] verbs)
    {
        foreach (var verb in verbs)
        {
            if (result.GetValue(verb) && result.GetResult(needed) is null or OptionResult { Implicit: true })
            {
                result.AddError($"{verb.Name} needs {needed.Name}.");
            }
        }
    }

    private static void Allow(CommandResult result, Option flag, params Option<bool>[] verbs)
    {
        if (result.GetResult(flag) is null or OptionResult { Implicit: true })
        {
            return;
        }
        var names = new List<string>();
        foreach (var verb in verbs)
        {
            if (result.GetValue(verb))
            {
                return;
            }
            names.Add(verb.Name);
        }
        result.AddError($"{flag.Name} goes with {string.Join(" or ", names)} only.");
    }
}
