using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Testbed.Client;

namespace Testbed.Runner;

/// <summary>Prints topics, in the lines that kafka-topics.sh prints or as JSON.</summary>
internal sealed class TopicsPrinter(Output output, bool isJson)
{
    /// <summary>Names, one a line; or an array of them.</summary>
    public void PrintNames(IReadOnlyList<TopicDescription> topics)
    {
        if (isJson)
        {
            output.WriteJson(json =>
            {
                json.WriteStartArray();
                foreach (var topic in topics)
                {
                    json.WriteStringValue(topic.Name);
                }
                json.WriteEndArray();
            });
            return;
        }
        foreach (var topic in topics)
        {
            output.WriteLine(topic.Name);
        }
    }

    /// <summary>What has been done, or found done already, to one topic.</summary>
    public void PrintDone(string deed, string topic, bool isDone, string line)
    {
        if (isJson)
        {
            output.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("topic", topic);
                json.WriteBoolean(deed, isDone);
                json.WriteEndObject();
            });
        }
        else if (line.Length > 0)
        {
            output.WriteLine(line);
        }
    }

    /// <summary>A line per topic and one per partition; or an array of topics.</summary>
    public void Print(IReadOnlyList<TopicDescription> topics, IReadOnlyList<ConfigDescription> configs)
    {
        if (isJson)
        {
            output.WriteJson(json =>
            {
                json.WriteStartArray();
                foreach (var topic in topics)
                {
                    WriteTopic(json, topic, Overrides(topic, configs));
                }
                json.WriteEndArray();
            });
            return;
        }
        foreach (var topic in topics)
        {
            var settings = Overrides(topic, configs).Select(entry => $"{entry.Name}={entry.Value}");
            output.WriteLine(
                $"Topic: {topic.Name}\tTopicId: {topic.Id}\tPartitionCount: {topic.Partitions.Count}"
                + $"\tReplicationFactor: {Factor(topic)}\tConfigs: {string.Join(',', settings)}");
            foreach (var partition in topic.Partitions)
            {
                output.WriteLine(Line(topic.Name, partition));
            }
        }
    }

    private static string Line(string topic, PartitionDescription partition)
    {
        var leader = partition.Leader.Value < 0 ? "none" : $"{partition.Leader}";
        return $"\tTopic: {topic}\tPartition: {partition.Index}\tLeader: {leader}"
            + $"\tReplicas: {Ids(partition.Replicas)}\tIsr: {Ids(partition.Isr)}"
            + $"\tElr: {Ids(partition.EligibleLeaders, "N/A")}"
            + $"\tLastKnownElr: {Ids(partition.LastKnownEligibleLeaders, "N/A")}";
    }

    private static string Ids(IReadOnlyList<int>? ids, string unknown = "") =>
        ids is null ? unknown : string.Join(',', ids);

    private static int Factor(TopicDescription topic) =>
        topic.Partitions.Count == 0 ? 0 : topic.Partitions[0].Replicas.Count;

    /// <summary>
    /// The settings that are not the defaults, in the order in which the broker tells them.
    /// </summary>
    private static IEnumerable<ConfigEntry> Overrides(
        TopicDescription topic, IReadOnlyList<ConfigDescription> configs) =>
        configs.FirstOrDefault(config => config.Name == topic.Name)?.Entries
            .Where(entry => !entry.IsDefault) ?? [];

    private static void WriteTopic(
        Utf8JsonWriter json, TopicDescription topic, IEnumerable<ConfigEntry> settings)
    {
        json.WriteStartObject();
        json.WriteString("topic", topic.Name);
        json.WriteString("topicId", topic.Id.ToString());
        json.WriteBoolean("internal", topic.IsInternal);
        json.WriteNumber("partitionCount", topic.Partitions.Count);
        json.WriteNumber("replicationFactor", Factor(topic));
        json.WriteStartObject("configs");
        foreach (var entry in settings)
        {
            json.WriteString(entry.Name, entry.Value);
        }
        json.WriteEndObject();
        json.WriteStartArray("partitions");
        foreach (var partition in topic.Partitions)
        {
            WritePartition(json, partition);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WritePartition(Utf8JsonWriter json, PartitionDescription partition)
    {
        json.WriteStartObject();
        json.WriteNumber("partition", partition.Index);
        json.WriteNumber("leader", partition.Leader.Value);
        WriteIds(json, "replicas", partition.Replicas);
        WriteIds(json, "isr", partition.Isr);
        WriteIds(json, "elr", partition.EligibleLeaders);
        WriteIds(json, "lastKnownElr", partition.LastKnownEligibleLeaders);
        WriteIds(json, "offline", partition.Offline);
        json.WriteEndObject();
    }

    private static void WriteIds(Utf8JsonWriter json, string name, IReadOnlyList<int>? ids)
    {
        if (ids is null)
        {
            json.WriteNull(name);
            return;
        }
        json.WriteStartArray(name);
        foreach (var id in ids)
        {
            json.WriteNumberValue(id);
        }
        json.WriteEndArray();
    }
}
