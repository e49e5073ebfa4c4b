using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Testbed.Tests.Engine.Wire;
using Xunit.Abstractions;

namespace Testbed.Tests.Interop;

/// <summary>
/// Random logs, written by a real Kafka and compacted by it and by us: the same is left, down to the bytes.
/// </summary>
public sealed class CompactionBesideKafkaTests(ITestOutputHelper output)
{
    private static readonly string[] Topics = ["plain", "packed", "append-time"];

    [KafkaNodeFact]
    public async Task Kafka_and_we_make_the_same_of_random_logs()
    {
        var seed = (ulong)TestSeed.Next(output);
        await using var node = await KafkaNode.Start(
            "log.cleaner.backoff.ms=200", "log.cleaner.dedupe.buffer.size=4194304");
        var checkpoint = new CleanerCheckpoint(node.Data);
        var firstDirty = Topics.ToDictionary(topic => topic, _ => 0L);
        for (var round = 0; round < 2; round++)
        {
            foreach (var topic in Topics)
            {
                await node.Tell(new RandomDialogue(topic, round, seed++).Text());
            }
            var before = Read(node);
            await node.Tell(RandomDialogue.Policy("compact", Topics));
            foreach (var topic in Topics)
            {
                await checkpoint.Reaches(topic, before[topic].Bases[^1]);
            }
            var after = Read(node);
            await node.Tell(RandomDialogue.Policy("delete", Topics));
            foreach (var topic in Topics)
            {
                var comparison = new CompactionComparison(before[topic], after[topic], firstDirty[topic]);
                output.WriteLine($"{topic}, round {round}: {comparison.Run()}");
                firstDirty[topic] = before[topic].Bases[^1];
            }
        }
    }

    private static Dictionary<string, SegmentFolder> Read(KafkaNode node) => Topics.ToDictionary(
        topic => topic, topic => SegmentFolder.Read(Path.Combine(node.Data, $"{topic}-0")));
}
