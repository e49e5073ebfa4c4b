using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;

namespace Testbed.Tests.Interop;

/// <summary>
/// A compacted topic of one partition, at any broker on this machine, filled and read by kcat.
/// </summary>
/// <param name="address">Where the broker listens.</param>
/// <param name="directory">Its log directory.</param>
/// <param name="topic">The name.</param>
internal sealed class CleanedTopic(string address, string directory, string topic)
{
    private const int SegmentBytes = 1 << 20;    // Kafka takes no smaller ones
    private const int PaddingCount = 1200;
    private const int PaddingBytes = 1000;

    private readonly CleanerCheckpoint _checkpoint = new(directory);

    public async Task Create(long tombstonesStayMs)
    {
        var configs = new Dictionary<string, string>
        {
            ["cleanup.policy"] = "compact",
            ["segment.bytes"] = $"{SegmentBytes}",
            ["min.cleanable.dirty.ratio"] = "0.01",
            ["delete.retention.ms"] = $"{tombstonesStayMs}",
        };
        var request = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { topic, configs }));
        (await ClientProgram.Run(Clients.ConformanceCommand(address, "-"), request)).Succeeded();
    }

    /// <summary>One record a line, key:value; a line that ends with its colon is a tombstone.</summary>
    public async Task Write(string lines) => (await ClientProgram.Run(
        CommandLine.Of("kcat", "-b", address, "-P", "-t", topic, "-p", "0", "-K:", "-Z", "-X", "linger.ms=5"),
        Encoding.UTF8.GetBytes(lines))).Succeeded();

    /// <summary>
    /// Completes once all records so far, <paramref name="end"/> of them, are cleaned. More than a segment of
    /// other keys is written behind them: what is in the active one stays. Returns the new end.
    /// </summary>
    public async Task<long> Clean(long end)
    {
        var padding = new StringBuilder();
        for (var i = 0; i < PaddingCount; i++)
        {
            padding.Append($"padding-{i}:").Append('p', PaddingBytes).Append('\n');
        }
        await Write(padding.ToString());
        await _checkpoint.Reaches(topic, end);
        return end + PaddingCount;
    }

    /// <summary>Offset, length (-1: a tombstone), key and value of each record below an offset.</summary>
    public async Task<IReadOnlyList<string>> Read(long end)
    {
        var run = await ClientProgram.Run(CommandLine.Of(
            "kcat", "-b", address, "-C", "-t", topic, "-p", "0", "-o", "beginning", "-e", "-q", "-f",
            @"%o %S %k %s\n", "-X", "check.crcs=true"));
        return [.. run.Succeeded().Lines.TakeWhile(line => long.Parse(line[..line.IndexOf(' ')]) < end)];
    }

    /// <summary>Bytes of its segments.</summary>
    public long SizeBytes() => new DirectoryInfo(Path.Combine(directory, topic + "-0"))
        .EnumerateFiles("*.log").Sum(static file => file.Length);
}
