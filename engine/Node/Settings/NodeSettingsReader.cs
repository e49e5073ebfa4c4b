using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace Testbed.Node.Settings;

/// <summary>
/// Turns names and values, as Kafka's server.properties has them, into checked settings. A value that cannot
/// be is an error; a setting that does nothing here is a warning, never silence.
/// </summary>
public static class NodeSettingsReader
{
    /// <summary>
    /// Kafka's settings that do something in this node. The rest of Kafka's are known but not there yet.
    /// </summary>
    private static ImmutableArray<string> Effective { get; } =
    [
        "node.id", "broker.id", "listeners", "advertised.listeners", "listener.security.protocol.map",
        "log.dirs", "log.dir", "num.partitions", "default.replication.factor", "auto.create.topics.enable",
        "delete.topic.enable", "broker.rack",
        "socket.request.max.bytes", "connections.max.idle.ms", "fetch.max.bytes", "process.roles",
        "max.incremental.fetch.session.cache.slots",
        "controller.listener.names", "inter.broker.listener.name",
        BrokerSettingTable.ClusterId, BrokerSettingTable.LogDurability,
        "compression.type", "compression.gzip.level", "compression.lz4.level", "compression.zstd.level",
        "log.index.interval.bytes", "message.max.bytes", "min.insync.replicas",
        "log.message.timestamp.after.max.ms", "log.message.timestamp.before.max.ms",
        "log.message.timestamp.type", "log.segment.bytes", "log.cleanup.policy",
        "log.cleaner.backoff.ms", "log.cleaner.dedupe.buffer.size", "log.cleaner.delete.retention.ms",
        "log.cleaner.enable", "log.cleaner.io.max.bytes.per.second", "log.cleaner.max.compaction.lag.ms",
        "log.cleaner.min.cleanable.ratio", "log.cleaner.min.compaction.lag.ms",
        "log.flush.offset.checkpoint.interval.ms", "log.flush.start.offset.checkpoint.interval.ms",
        "log.index.size.max.bytes", "log.preallocate", "log.retention.bytes",
        "log.retention.check.interval.ms", "log.retention.hours", "log.retention.minutes",
        "log.retention.ms", "log.roll.hours", "log.roll.jitter.hours", "log.roll.jitter.ms", "log.roll.ms",
        "log.segment.delete.delay.ms", "producer.id.expiration.ms",
        "replica.high.watermark.checkpoint.interval.ms",
    ];

    /// <param name="given">Names and values as they were written.</param>
    /// <param name="hostName">What to advertise for a listener on every interface.</param>
    public static SettingsReading Read(IEnumerable<KeyValuePair<string, string>> given, string hostName)
    {
        var warnings = new List<string>();
        var errors = new List<string>();
        var values = new SettingValues(BrokerSettingTable.Table, Check(given, warnings, errors));

        var listeners = ReadListeners(values, "listeners", errors);
        var advertised = ReadListeners(values, "advertised.listeners", errors);
        CheckIdentity(values, errors);
        if (errors.Count > 0)
        {
            return new SettingsReading(null, warnings, errors);
        }
        var told = Advertise(listeners, advertised, hostName, errors);
        return errors.Count > 0
            ? new SettingsReading(null, warnings, errors)
            : new SettingsReading(new NodeSettings(values, listeners, told), warnings, errors);
    }

    private static SortedDictionary<string, string> Check(
        IEnumerable<KeyValuePair<string, string>> given, List<string> warnings, List<string> errors)
    {
        var table = BrokerSettingTable.Table;
        var kept = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in given)
        {
            if (!table.TryGet(name, out var definition))
            {
                var nearest = table.Nearest(name);
                var guess = nearest is null ? "" : $"; did you mean {nearest}?";
                warnings.Add($"{name} is not a setting of Kafka or of Testbed and is ignored{guess}");
                continue;
            }
            if (definition.Problem(value) is { } problem)
            {
                errors.Add(problem);
                continue;
            }
            if (!Effective.Contains(name))
            {
                warnings.Add($"{name} is a setting of Kafka that Testbed does not have yet; it is ignored");
            }
            kept[name] = value;
        }
        return kept;
    }

    private static void CheckIdentity(SettingValues values, List<string> errors)
    {
        if (values.IsGiven("node.id") && values.Int("node.id") < 0)
        {
            errors.Add($"node.id={values.Text("node.id")}: allowed is 0 or more");
        }
        var roles = values.List("process.roles");
        if (roles.Length > 0 && !(roles.Contains("broker") && roles.Contains("controller")))
        {
            errors.Add(
                $"process.roles={values.Text("process.roles")}: a node is broker and controller in one here; "
                + "set process.roles=broker,controller or leave it out");
        }
        if (values.Int("num.partitions") < 1)
        {
            errors.Add($"num.partitions={values.Text("num.partitions")}: allowed is 1 or more");
        }
        var directories = values.IsGiven("log.dirs") ? values.List("log.dirs") : values.List("log.dir");
        if (directories.Length == 0)
        {
            errors.Add("log.dirs is empty: name at least one directory");
        }
        var twice = directories
            .GroupBy(name => name, StringComparer.Ordinal)
            .FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            errors.Add($"log.dirs names {twice.Key} twice: name each directory once");
        }
    }

    private static List<Listener> ReadListeners(SettingValues values, string setting, List<string> errors)
    {
        var controllers = values.List("controller.listener.names");
        var protocols = values.List("listener.security.protocol.map");
        var listeners = new List<Listener>();
        foreach (var text in values.List(setting))
        {
            var listener = Listener.TryParse(text);
            if (listener is null)
            {
                errors.Add(
                    $"{setting}={text}: a listener looks like PLAINTEXT://host:port, "
                    + "with a port of 0 to 65535");
            }
            else if (listeners.Any(other => other.Name == listener.Name))
            {
                errors.Add($"{setting} names {listener.Name} twice: each listener needs a name of its own");
            }
            else if (!controllers.Contains(listener.Name, StringComparer.OrdinalIgnoreCase))
            {
                CheckProtocol(listener, protocols, setting, errors);
                listeners.Add(listener);
            }
        }
        if (listeners.Count == 0 && setting == "listeners" && errors.Count == 0)
        {
            errors.Add("listeners has no entry for clients: add one such as PLAINTEXT://127.0.0.1:9092");
        }
        return listeners;
    }

    private static void CheckProtocol(
        Listener listener, string[] protocols, string setting, List<string> errors)
    {
        var row = Array.Find(
            protocols, entry => entry.StartsWith(listener.Name + ":", StringComparison.OrdinalIgnoreCase));
        if (row is null)
        {
            errors.Add($"{setting}: listener {listener.Name} has no protocol; "
                + $"add {listener.Name}:PLAINTEXT to listener.security.protocol.map");
        }
        else if (!row.EndsWith(":PLAINTEXT", StringComparison.OrdinalIgnoreCase))
        {
            errors.Add($"{setting}: listener {listener.Name} asks for {row[(row.IndexOf(':') + 1)..]}, "
                + "which Testbed does not have yet; use PLAINTEXT");
        }
    }

    private static List<Listener> Advertise(
        List<Listener> listeners, List<Listener> advertised, string hostName, List<string> errors)
    {
        var told = new List<Listener>();
        foreach (var listener in listeners)
        {
            var match = advertised.Find(other => other.Name == listener.Name) ?? listener;
            var host = match.Address.Host is "" or "0.0.0.0" or "::" ? hostName : match.Address.Host;
            told.Add(match with { Address = match.Address with { Host = host } });
        }
        foreach (var other in advertised)
        {
            if (!listeners.Exists(listener => listener.Name == other.Name))
            {
                errors.Add($"advertised.listeners names {other.Name}, which listeners does not have");
            }
        }
        return told;
    }
}
