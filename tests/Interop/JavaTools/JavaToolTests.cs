using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace Testbed.Tests.Interop;

/// <summary>The tools that come with Apache Kafka, unmodified.</summary>
public sealed class JavaToolTests(BrokerFixture fixture) : IClassFixture<BrokerFixture>
{
    private readonly BrokerProcess _broker = fixture.Broker;

    [ClientFact(Clients.JavaTools)]
    public async Task Topics_are_created_grown_listed_described_and_deleted()
    {
        const string Topic = "tool-topics";
        await Run("topics", "--create", "--topic", Topic, "--partitions", "2", "--config",
            "retention.ms=123456");
        Assert.Contains("already exists", (await Refused("topics", "--create", "--topic", Topic)).Text);
        Assert.Contains(Topic, (await Run("topics", "--list")).Lines);

        await Run("topics", "--alter", "--topic", Topic, "--partitions", "3");
        var described = (await Run("topics", "--describe", "--topic", Topic)).Lines;
        Assert.Matches(
            @"^Topic: tool-topics\tTopicId: [\w-]{22}\tPartitionCount: 3\tReplicationFactor: 1\t"
                + @"Configs: .*retention\.ms=123456",
            described[0]);
        Assert.Equal(
            [0, 1, 2],
            described.Skip(1).Select(static line => Number(line, "Partition: ")).Order());
        Assert.All(described.Skip(1), static line =>
            Assert.Contains("\tLeader: 1\tReplicas: 1\tIsr: 1\t", line));

        await Run("topics", "--delete", "--topic", Topic);
        Assert.DoesNotContain(Topic, (await Run("topics", "--list")).Lines);
        Assert.Contains("does not exist", (await Refused("topics", "--describe", "--topic", Topic)).Text);
    }

    [ClientFact(Clients.JavaTools)]
    public async Task The_console_consumer_reads_one_partition_from_an_offset()
    {
        const string Topic = "tool-console";
        await Run("topics", "--create", "--topic", Topic, "--partitions", "1");
        var lines = string.Concat(Enumerable.Range(0, 100).Select(static i => $"line {i}\n"));
        await RunWith(lines, "console-producer", "--topic", Topic);
        var read = await Run(
            "console-consumer", "--topic", Topic, "--partition", "0", "--offset", "90", "--max-messages",
                "10");
        Assert.Equal(Enumerable.Range(90, 10).Select(static i => $"line {i}"), read.Lines);
    }

    [ClientFact(Clients.JavaTools)]
    public async Task An_idempotent_producer_gets_every_record_acknowledged_by_all()
    {
        const string Topic = "tool-verifiable";
        await Run("topics", "--create", "--topic", Topic, "--partitions", "2");
        var run =
            await Run("verifiable-producer", "--topic", Topic, "--max-messages", "5000", "--acks", "-1");
        var told = run.Lines.Where(static line => line.StartsWith('{'))
            .Select(static line => JsonElement.Parse(line)).ToList();
        Assert.DoesNotContain(told, static one => Named(one) == "producer_send_error");
        var summary = told.Single(static one => Named(one) == "tool_data");
        Assert.Equal(5000, summary.GetProperty("sent").GetInt32());
        Assert.Equal(5000, summary.GetProperty("acked").GetInt32());
        Assert.Equal(5000, await RecordCount(Topic));
    }

    [ClientFact(Clients.JavaTools)]
    public async Task The_performance_tool_writes_all_its_records()
    {
        const string Topic = "tool-performance";
        await Run("topics", "--create", "--topic", Topic, "--partitions", "3");
        var run = await Run(
            "producer-perf", "--topic", Topic, "--num-records", "50000", "--record-size", "200",
            "--throughput", "-1", "--command-property", "acks=all");
        Assert.StartsWith("50000 records sent", run.Lines[^1]);
        Assert.Equal(50_000, await RecordCount(Topic));
    }

    [ClientFact(Clients.JavaTools)]
    public async Task Records_are_deleted_up_to_an_offset()
    {
        const string Topic = "tool-delete";
        await Run("topics", "--create", "--topic", Topic, "--partitions", "1");
        await RunWith("a\nb\nc\nd\n", "console-producer", "--topic", Topic);
        using var folder = new TemporaryFolder();
        var file = folder.Inside("offsets.json");
        await File.WriteAllTextAsync(
            file, """{"version":1,"partitions":[{"topic":"tool-delete","partition":0,"offset":3}]}""");

        var deleted = await Run("delete-records", "--offset-json-file", file);
        Assert.Contains("partition: tool-delete-0\tlow_watermark: 3", deleted.Lines);
        Assert.Equal(
            ["tool-delete:0:3"], (await Run("get-offsets", "--topic", Topic, "--time", "earliest")).Lines);
        Assert.Equal(
            ["tool-delete:0:4"], (await Run("get-offsets", "--topic", Topic, "--time", "latest")).Lines);
    }

    [ClientFact(Clients.JavaTools)]
    public async Task Settings_of_topics_and_brokers_are_described()
    {
        await Run("topics", "--create", "--topic", "tool-configs", "--config", "cleanup.policy=compact");
        string[] topic =
            ["configs", "--describe", "--entity-type", "topics", "--entity-name", "tool-configs"];
        Assert.Equal(
            [
                "Dynamic configs for topic tool-configs are:",
                "  cleanup.policy=compact sensitive=false synonyms="
                    + "{DYNAMIC_TOPIC_CONFIG:cleanup.policy=compact, "
                    + "DEFAULT_CONFIG:log.cleanup.policy=delete}",
            ],
            (await Run(topic)).Lines);

        var broker = (await Run(
            "configs", "--describe", "--all", "--entity-type", "brokers", "--entity-name", "1")).Lines;
        Assert.Equal("All configs for broker 1 are:", broker[0]);
        Assert.Contains(
            "  num.partitions=4 sensitive=false synonyms="
                + "{STATIC_BROKER_CONFIG:num.partitions=4, DEFAULT_CONFIG:num.partitions=1}",
            broker);
    }

    private static string? Named(JsonElement one) => one.GetProperty("name").GetString();

    private static int Number(string line, string name)
    {
        var rest = line[(line.IndexOf(name, StringComparison.Ordinal) + name.Length)..];
        return int.Parse(rest.Split('\t')[0], CultureInfo.InvariantCulture);
    }

    /// <summary>The sum of the end offsets, which begin at zero.</summary>
    private async Task<long> RecordCount(string topic)
    {
        // It prints: topic:partition:offset
        var run = await Run("get-offsets", "--topic", topic);
        return run.Lines.Sum(static line => long.Parse(line.Split(':')[^1], CultureInfo.InvariantCulture));
    }

    private Task<ClientRun> Run(params string[] call) => RunWith("", call);

    private async Task<ClientRun> RunWith(string input, params string[] call)
    {
        var command = Clients.JavaCommand(call[0], _broker, call[1..]);
        return (await ClientProgram.Run(command, Encoding.UTF8.GetBytes(input))).Succeeded(_broker);
    }

    private async Task<ClientRun> Refused(params string[] call)
    {
        var run = await ClientProgram.Run(Clients.JavaCommand(call[0], _broker, call[1..]));
        return run.ExitCode == 1 ? run : throw run.Failure("was not refused", _broker);
    }
}
