using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Xunit;

namespace Testbed.Tests.Interop;

/// <summary>
/// A whole Apache Kafka takes over a log directory of ours: metadata, topics and records. It reads the
/// metadata more strictly than its tools do: all records of a batch must have the same time.
/// </summary>
public sealed class KafkaOnOurDirectoryTests
{
    private const string Topic = "taken-over";
    private const int RecordCount = 1000;

    [KafkaNodeFact]
    public async Task Kafka_starts_on_our_directory_and_serves_what_is_in_it()
    {
        await using var broker = await BrokerProcess.Start();
        foreach (var codec in new[] { "none", "gzip", "snappy", "lz4", "zstd" })
        {
            await Topics.Create(broker, $"{Topic}-{codec}", 3, "segment.bytes=1048576");
            await Write(broker.Bootstrap, $"{Topic}-{codec}", codec);
        }
        await broker.Stop();

        await using var kafka = await KafkaOnDirectory.Start(broker.Directory);
        foreach (var codec in new[] { "none", "gzip", "snappy", "lz4", "zstd" })
        {
            Assert.Equal(Lines(), await Read(kafka.Address, $"{Topic}-{codec}"));
        }
        await Write(kafka.Address, $"{Topic}-none", "none");
        Assert.Equal(2 * RecordCount, (await Read(kafka.Address, $"{Topic}-none")).Length);
    }

    private static async Task Write(string address, string topic, string codec) =>
        (await ClientProgram.Run(
            CommandLine.Of(
                "kcat",
                ["-b", address, "-P", "-t", topic, "-K:", "-z", codec, "-X", "enable.idempotence=true"]),
            Encoding.UTF8.GetBytes(string.Join('\n', Lines()) + "\n"))).Succeeded();

    /// <summary>Every record, in order of its text.</summary>
    private static async Task<string[]> Read(string address, string topic)
    {
        var run = await ClientProgram.Run(
            CommandLine.Of("kcat", "-b", address, "-C", "-t", topic, "-e", "-q", "-K:"));
        return [.. run.Succeeded().Lines.Order(System.StringComparer.Ordinal)];
    }

    private static string[] Lines() =>
        [.. Enumerable.Range(0, RecordCount)
            .Select(static i => $"key{i % 37}:value {i:D5} {new string('v', i)}")
            .Order(System.StringComparer.Ordinal)];
}
