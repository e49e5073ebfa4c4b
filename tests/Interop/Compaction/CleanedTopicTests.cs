using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Testbed.Foundation;
using Testbed.Tests.Engine.Wire;
using Xunit;
using Xunit.Abstractions;

namespace Testbed.Tests.Interop;

/// <summary>
/// The same hundred thousand records, with keys and tombstones, in a whole Kafka and in a whole broker of
/// ours, cleaned by their cleaners with the same settings: the same keys, values and offsets remain.
/// </summary>
public sealed class CleanedTopicTests(ITestOutputHelper output)
{
    private const int RecordCount = 100_000;
    private const int KeyCount = 20_000;
    private const int TombstonePercent = 10;

    private static readonly string[] Settings =
        ["log.cleaner.backoff.ms=200", "log.cleaner.dedupe.buffer.size=4194304"];

    [KafkaNodeFact]
    public async Task The_same_keys_values_and_offsets_remain()
    {
        var lines = Lines((ulong)TestSeed.Next(output));
        await using var kafka = await KafkaNode.Start(Settings);
        await using var broker = await BrokerProcess.Start(Settings);
        foreach (var (topic, stayMs) in new[] { ("tombstones-stay", 3_600_000), ("tombstones-go", 0) })
        {
            var theirs = await Fill(new CleanedTopic(kafka.Address, kafka.Data, topic), lines, stayMs);
            var ours = await Fill(new CleanedTopic(broker.Bootstrap, broker.Directory, topic), lines, stayMs);
            Assert.Equal(theirs, ours);
            var tombstones = ours.Count(static line => line.Split(' ')[1] == "-1");
            output.WriteLine($"{topic}: {ours.Count} records remain, {tombstones} of them tombstones");
            Assert.Equal(stayMs > 0, tombstones > 0);
            Assert.Equal(Latest(lines, stayMs > 0), ours);
        }
    }

    /// <summary>What remains of the records, in the end.</summary>
    private async Task<IReadOnlyList<string>> Fill(
        CleanedTopic topic, IReadOnlyList<string> lines, int tombstonesStayMs)
    {
        await topic.Create(tombstonesStayMs);
        await topic.Write(string.Concat(lines.Select(static line => line + "\n")));

        // A tombstone that may go gets its time the first time, and goes the next.
        var end = await topic.Clean(RecordCount);
        await topic.Clean(end);
        output.WriteLine($"{topic.SizeBytes()} bytes in segments");
        return await topic.Read(RecordCount);
    }

    /// <summary>Some keys come often, most of them seldom.</summary>
    private static string[] Lines(ulong seed)
    {
        var random = new Prng(seed);
        var lines = new string[RecordCount];
        for (var i = 0; i < lines.Length; i++)
        {
            var key = random.Below(1 + random.Below(KeyCount));
            var value = random.Chance(TombstonePercent, 100)
                ? ""
                : new StringBuilder($"value {i} ").Append('v', random.Below(80)).ToString();
            lines[i] = $"key-{key}:{value}";
        }
        return lines;
    }

    /// <summary>The last record of each key, by its offset, as it is read.</summary>
    private static IEnumerable<string> Latest(string[] lines, bool withTombstones) => lines
        .Select(static (line, offset) => (Parts: line.Split(':'), Offset: offset))
        .Select(static one => (Key: one.Parts[0], Value: one.Parts[1], one.Offset))
        .GroupBy(static one => one.Key, StringComparer.Ordinal)
        .Select(static all => all.Last())
        .Where(one => withTombstones || one.Value.Length > 0)
        .OrderBy(static one => one.Offset)
        .Select(static one =>
            $"{one.Offset} {(one.Value.Length > 0 ? one.Value.Length : -1)} {one.Key} {one.Value}");
}
