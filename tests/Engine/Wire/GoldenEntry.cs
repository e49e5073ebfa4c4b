using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace Testbed.Tests.Engine.Wire;

/// <summary>A line of the golden index: what Kafka says of a message's class.</summary>
public sealed record GoldenEntry(
    string Name, string Group, string Frame, short Lowest, short Highest, short FlexibleFrom, short ApiKey,
    IReadOnlyList<string> Listeners, IReadOnlyList<short> HeaderVersions, bool LatestUnstable)
{
    public static GoldenEntry Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        return new GoldenEntry(
            root.GetProperty("name").GetString()!,
            root.GetProperty("group").GetString()!,
            root.GetProperty("frame").GetString()!,
            root.GetProperty("lowest").GetInt16(),
            root.GetProperty("highest").GetInt16(),
            root.GetProperty("flexibleFrom").GetInt16(),
            root.GetProperty("apiKey").GetInt16(),
            root.TryGetProperty("listeners", out var listeners)
                ? listeners.EnumerateArray().Select(listener => listener.GetString()!).ToList()
                : [],
            root.TryGetProperty("headerVersions", out var headers)
                ? headers.EnumerateArray().Select(version => version.GetInt16()).ToList()
                : [],
            root.TryGetProperty("latestUnstable", out var unstable) && unstable.GetBoolean());
    }
}
