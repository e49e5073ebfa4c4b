using System.Globalization;
using System.Text.Json;
using Testbed.Tests.Engine.Log.Formats;

namespace Testbed.Tests.Engine.Log.Golden;

/// <summary>What Kafka's own clients were told about a partition just before its broker stopped.</summary>
public sealed record GoldenFacts(
    long Earliest, long Latest, long LastStable, long MaxTimestampMs, long MaxTimestampOffset)
{
    /// <summary>Of the replica that answered.</summary>
    public required int Leader { get; init; }

    public required int LeaderEpoch { get; init; }

    /// <summary>Null for partitions that clients do not ask about.</summary>
    public static GoldenFacts? Of(GoldenPartition partition)
    {
        var root = partition.DataDirectory[..partition.DataDirectory.IndexOf('/')];
        var file = GoldenLogs.Find($"{root}/facts.json")!;
        using var facts = JsonDocument.Parse(file.Bytes);
        var name = partition.Name;
        if (!facts.RootElement.GetProperty("topics").TryGetProperty(name.Topic, out var topic))
        {
            return null;
        }
        var index = name.Partition.ToString(CultureInfo.InvariantCulture);
        var said = topic.GetProperty("partitions").GetProperty(index);
        return new GoldenFacts(
            said.GetProperty("earliest").GetInt64(),
            said.GetProperty("latest").GetInt64(),
            said.GetProperty("lastStable").GetInt64(),
            said.GetProperty("maxTimestamp").GetInt64(),
            said.GetProperty("maxTimestampOffset").GetInt64())
        {
            Leader = said.GetProperty("leader").GetInt32(),
            LeaderEpoch = said.GetProperty("leaderEpoch").GetInt32(),
        };
    }
}
