using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using Xunit;

namespace Testbed.Tests.Interop;

/// <summary>What our broker leaves on the disk, in the eyes of Kafka.</summary>
public sealed class OwnDirectoryTests
{
    private const int RecordCount = 6000;
    private const int PartitionCount = 2;
    private const string IdempotentTopic = "own-idempotent";
    private static readonly string[] Codecs = ["none", "gzip", "snappy", "lz4", "zstd"];
    private static readonly byte[] Lines = MakeLines();

    [ClientFact(Clients.Kcat, Clients.JavaTools)]
    public async Task Kafka_accepts_every_file_after_a_clean_stop_and_every_segment_after_a_kill()
    {
        await using var broker = await BrokerProcess.Start();
        var topics = await WriteTopics(broker);
        await broker.Stop();

        var directory = broker.Directory;
        await HasAllRecords(directory, topics);
        Assert.Empty(KafkaDumpTool.ComplaintsIn(await KafkaDumpTool.Indexes(directory)));
        var producers = await KafkaDumpTool.Producers(directory);
        Assert.Empty(KafkaDumpTool.ComplaintsIn(producers));
        Assert.Contains(producers, static line => line.StartsWith("producerId: ", StringComparison.Ordinal));
        var metadata = await KafkaDumpTool.Metadata(directory);
        Assert.Empty(KafkaDumpTool.ComplaintsIn(metadata));
        Assert.Contains(metadata, static line => line.Contains("\"PARTITION_RECORD\""));
        await LogVerification.Passes(directory, topics * PartitionCount);

        await broker.Restart();
        await Write(broker, IdempotentTopic, "-z", "zstd", "-X", "enable.idempotence=true");
        await broker.Kill();
        var segments = await KafkaDumpTool.Segments(directory);
        Assert.Empty(KafkaDumpTool.ComplaintsIn(segments));
        Assert.Equal((topics + 1) * RecordCount, KafkaDumpTool.RecordsIn(segments));
    }

    /// <summary>
    /// A topic for each codec, one that is idempotent and syncs, and one of Kafka's own producer.
    /// </summary>
    private static async Task<int> WriteTopics(BrokerProcess broker)
    {
        foreach (var codec in Codecs)
        {
            await Create(broker, $"own-{codec}");
            await Write(broker, $"own-{codec}", "-z", codec);
        }
        await Create(broker, IdempotentTopic, "durability=fsync");
        await Write(broker, IdempotentTopic, "-X", "enable.idempotence=true");
        await Create(broker, "own-java");
        var count = RecordCount.ToString(CultureInfo.InvariantCulture);
        (await ClientProgram.Run(Clients.JavaCommand(
            "verifiable-producer", broker, "--topic", "own-java", "--max-messages", count)))
            .Succeeded(broker);
        return Codecs.Length + 2;
    }

    private static Task Create(BrokerProcess broker, string topic, params string[] settings) =>
        Topics.Create(broker, topic, PartitionCount, ["segment.bytes=1048576", .. settings]);

    private static async Task Write(BrokerProcess broker, string topic, params string[] more) =>
        (await ClientProgram.Run(
            Clients.KcatCommand(
                broker, ["-P", "-t", topic, "-K:", "-X", "acks=all", "-X", "batch.num.messages=64", .. more]),
            Lines)).Succeeded(broker);

    private static async Task HasAllRecords(string directory, int topics)
    {
        var segments = await KafkaDumpTool.Segments(directory);
        Assert.Empty(KafkaDumpTool.ComplaintsIn(segments));
        Assert.Equal(topics * RecordCount, KafkaDumpTool.RecordsIn(segments));
        foreach (var codec in Codecs)
        {
            Assert.Contains(segments, line => line.Contains($"compresscodec: {codec} "));
        }
        Assert.True(Directory.GetFiles(Path.Combine(directory, "own-none-0"), "*.log").Length > 1);
    }

    /// <summary>Keys and values that codecs make half as long.</summary>
    private static byte[] MakeLines()
    {
        var text = new StringBuilder();
        for (var i = 0; i < RecordCount; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"key{i % 97}:own {i} ");
            text.Append((char)('a' + i % 26), 300);
            for (var j = 0; j < 30; j++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{(i * 31L + j) * 2_654_435_761 % 1_000_000_007}");
            }
            text.Append('\n');
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
