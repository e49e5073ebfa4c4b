using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Testbed.Runner;
using Xunit;

namespace Testbed.Tests.Runner;

/// <summary>The program as a client of Apache Kafka, beside Kafka's own tools.</summary>
public sealed class AgainstKafkaTests(KafkaBroker kafka) : IClassFixture<KafkaBroker>
{
    [KafkaFact]
    public async Task Topics_are_created_listed_described_altered_and_deleted_as_by_Kafkas_tool()
    {
        var created = await Run("topics --create --topic a --partitions 2 --config segment.bytes=2000000");
        Assert.Equal("Created topic a.\n", created.Text);
        var again = await Run("topics --create --topic a");
        Assert.Equal(ExitCode.Failed, again.ExitCode);
        Assert.Contains("topic 'a' already exists", again.Error);
        Assert.Equal(ExitCode.Ok, (await Run("topics --create --topic a --if-not-exists")).ExitCode);

        await Run("topics --alter --topic a --partitions 3");
        Assert.Contains("a", (await Run("topics --list")).Lines);
        var ours = await Run("topics --describe --topic a");
        Assert.Equal(await Kafka("", "topics --describe --topic a"), ours.Text);

        var json = JsonDocument.Parse((await Run("topics --describe --topic a --json")).Text).RootElement[0];
        Assert.Equal(3, json.GetProperty("partitions").GetArrayLength());
        Assert.Equal("2000000", json.GetProperty("configs").GetProperty("segment.bytes").GetString());

        Assert.Equal(ExitCode.Ok, (await Run("topics --delete --topic a")).ExitCode);
        Assert.Contains("does not exist", (await Run("topics --delete --topic a")).Error);
        Assert.Equal(ExitCode.Ok, (await Run("topics --delete --topic a --if-exists")).ExitCode);
    }

    [KafkaFact]
    public async Task Kafka_reads_what_we_write_and_we_read_what_Kafka_writes()
    {
        await Run("topics --create --topic both --partitions 3");
        var keyed = Lines(500, i => $"key-{i}:value-{i}");
        var produced = await RunWith(keyed, "produce --topic both --key-separator :");
        Assert.Equal("500 records produced\n", produced.Error);
        await Kafka(keyed, "console-producer --topic both"
            + " --reader-property parse.key=true --reader-property key.separator=:");

        const string Style = "print.key=true print.partition=true print.offset=true";
        var theirs = await Kafka("", "console-consumer --topic both --from-beginning --max-messages 1000 "
            + Flags("--formatter-property", Style));
        var ours = await Run("consume --topic both --from-beginning --exit-at-end "
            + Flags("--property", Style));
        Assert.Equal(theirs.Split('\n').Order(), ours.Text.Split('\n').Order());

        // Both sent each key to the same partition: its records are there twice.
        var places = ours.Lines
            .Select(line => line.Split('\t'))
            .ToLookup(parts => parts[2], parts => parts[0]);
        Assert.All(places, place => Assert.Single(place.Distinct()));
        Assert.All(places, place => Assert.Equal(2, place.Count()));
    }

    [KafkaFact]
    public async Task Every_codec_and_all_acks_are_understood()
    {
        await Run("topics --create --topic packed");
        var input = Lines(300, i => new string('x', 200) + i);
        string[] flags =
        [
            "--compression-codec none", "--compression-codec gzip", "--compression-codec snappy",
            "--compression-codec lz4", "--compression-codec zstd", "--acks 1", "--acks 0", "--sync",
        ];
        foreach (var flag in flags)
        {
            var run = await RunWith(input, $"produce --topic packed {flag}");
            Assert.Equal((ExitCode.Ok, "300 records produced\n"), (run.ExitCode, run.Error));
        }
        var ours = await Run("consume --topic packed --from-beginning --max-messages 2400");
        Assert.Equal(string.Concat(Enumerable.Repeat(input, flags.Length)), ours.Text);
        var theirs = await Kafka("", "console-consumer --topic packed --from-beginning --max-messages 2400");
        Assert.Equal(theirs, ours.Text);
    }

    [KafkaFact]
    public async Task JSON_lines_go_round_with_everything_in_them()
    {
        await Run("topics --create --topic json --partitions 2");
        const string Input = """
            {"key":"k","value":"v","headers":{"h":"1"},"partition":1,"timestamp":1700000000000}
            {"key":null,"value":null,"partition":1,"timestamp":1700000000001}
            {"keyBase64":"/w==","valueBase64":"AAEC","headers":[{"key":"a"},{"key":"a"}],"partition":1}
            """;
        Assert.Equal(ExitCode.Ok, (await RunWith(Input, "produce --topic json --json")).ExitCode);
        var first = await Run("consume --topic json --from-beginning --exit-at-end --json");
        Assert.Equal(3, first.Lines.Length);
        Assert.Contains("\"partition\":1,\"offset\":0,\"timestamp\":1700000000000", first.Lines[0]);
        Assert.Equal(ExitCode.Ok, (await RunWith(first.Text, "produce --topic json --json")).ExitCode);
        var second = await Run("consume --topic json --partition 1 --offset 3 --exit-at-end --json");
        var expected = first.Lines
            .Select((text, i) => text.Replace($"\"offset\":{i}", $"\"offset\":{i + 3}"));
        Assert.Equal(expected, second.Lines);
    }

    [KafkaFact]
    public async Task Mistakes_and_limits_are_told()
    {
        await Run("topics --create --topic limits --config max.message.bytes=1000");
        var tooLarge = await RunWith($"ok\n{new string('x', 2_000)}\nok\n", "produce --topic limits --sync");
        Assert.Equal(ExitCode.Failed, tooLarge.ExitCode);
        Assert.Contains("line 2: MESSAGE_TOO_LARGE", tooLarge.Error);
        Assert.Contains("2 records produced", tooLarge.Error);

        var noKey = await RunWith("a:b\nc\n", "produce --topic limits --key-separator :");
        Assert.Equal(ExitCode.Failed, noKey.ExitCode);
        Assert.Contains("line 2 has no ':'", noKey.Error);
        Assert.Contains("1 records produced", noKey.Error);

        var noTopic = await Run("consume --topic missing --exit-at-end");
        Assert.Contains("topic 'missing' does not exist", noTopic.Error);
        var noPartition = await Run("consume --topic limits --partition 4");
        Assert.Contains("--partition 4: topic 'limits' has partitions 0 to 0", noPartition.Error);
        var noOffset = await Run("consume --topic limits --partition 0 --offset 99");
        Assert.Contains("--offset 99: partition 0 of 'limits' has 0 to 3", noOffset.Error);
        var idle = await Run("consume --topic limits --timeout-ms 300");
        Assert.Equal((ExitCode.Ok, "0 records consumed\n"), (idle.ExitCode, idle.Error));
    }

    private static string Lines(int count, Func<int, string> line) =>
        string.Concat(Enumerable.Range(0, count).Select(i => line(i) + "\n"));

    private static string Flags(string flag, string values) =>
        string.Join(' ', values.Split(' ').Select(value => $"{flag} {value}"));

    private Task<Invocation> Run(string commandLine) => RunWith("", commandLine);

    private Task<Invocation> RunWith(string input, string commandLine) => Invocation.RunWith(
        Encoding.UTF8.GetBytes(input), $"{commandLine} --bootstrap-server {kafka.Address}".Split(' '));

    private Task<string> Kafka(string input, string commandLine) =>
        KafkaPrograms.Run(input, $"{commandLine} --bootstrap-server {kafka.Address}".Split(' '));
}
