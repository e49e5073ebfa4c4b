using System;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Testbed.Runner;
using Xunit;

namespace Testbed.Tests.Runner;

/// <summary>The program as a client of our own broker.</summary>
public sealed class AgainstOwnBrokerTests(OwnBroker broker) : IClassFixture<OwnBroker>
{
    [Fact]
    public async Task Topics_come_grow_and_go()
    {
        var created = await Run("topics --create --topic a --partitions 2 --config segment.bytes=2000000");
        Assert.Equal("Created topic a.\n", created.Text);
        Assert.Equal(ExitCode.Failed, (await Run("topics --create --topic a")).ExitCode);
        Assert.Equal(ExitCode.Ok, (await Run("topics --create --topic a --if-not-exists")).ExitCode);
        Assert.Equal("", (await Run("topics --alter --topic a --partitions 3")).Error);
        Assert.Contains("a", (await Run("topics --list")).Lines);

        var described = (await Run("topics --describe --topic a")).Lines;
        Assert.Contains("\tPartitionCount: 3\tReplicationFactor: 1\tConfigs: ", described[0]);
        Assert.Contains("segment.bytes=2000000", described[0]);
        Assert.StartsWith("\tTopic: a\tPartition: 2\tLeader: 1\tReplicas: 1\tIsr: 1\t", described[3]);

        Assert.Equal(ExitCode.Ok, (await Run("topics --delete --topic a")).ExitCode);
        Assert.Contains("does not exist", (await Run("topics --delete --topic a")).Error);
    }

    [Fact]
    public async Task Lines_of_any_bytes_come_back_as_they_were()
    {
        await Run("topics --create --topic bytes");
        var random = new Random(1);
        var lines = Enumerable.Range(0, 2_000).Select(_ =>
        {
            var line = new byte[random.Next(300)];
            random.NextBytes(line);
            return Array.ConvertAll(line, part => part is (byte)'\n' or (byte)'\r' ? (byte)0 : part);
        });
        byte[] input = [.. lines.SelectMany(line => line.Append((byte)'\n'))];
        foreach (var codec in new[] { "none", "gzip", "snappy" })
        {
            var produced = await RunWith(input, $"produce --topic bytes --compression-codec {codec}");
            Assert.Equal("2000 records produced\n", produced.Error);
        }
        var consumed = await Run("consume --topic bytes --from-beginning --exit-at-end");
        Assert.Equal("6000 records consumed\n", consumed.Error);
        Assert.Equal([.. input, .. input, .. input], consumed.Bytes);
    }

    [Fact]
    public async Task Reading_begins_and_ends_where_it_is_told_to()
    {
        await Run("topics --create --topic range --partitions 2");
        await RunWith(Text(Enumerable.Range(0, 10).Select(i => $$"""{"value":"v{{i}}","partition":1}""")),
            "produce --topic range --json");
        Assert.Equal(["v3", "v4"],
            (await Run("consume --topic range --partition 1 --offset 3 --max-messages 2")).Lines);
        Assert.Equal(["v8", "v9"],
            (await Run("consume --topic range --partition 1 --offset 8 --exit-at-end")).Lines);
        Assert.Empty((await Run("consume --topic range --partition 0 --from-beginning --exit-at-end")).Lines);
        Assert.Empty((await Run("consume --topic range --offset latest --exit-at-end")).Lines);
        Assert.Equal(10, (await Run("consume --topic range --from-beginning --timeout-ms 500")).Lines.Length);
    }

    [Fact]
    public async Task A_partition_that_is_not_there_is_told_at_once_with_its_line()
    {
        await Run("topics --create --topic few --partitions 2");
        var lines = Text(["""{"value":"a","partition":1}""", """{"value":"b","partition":2}"""]);
        var run = await RunWith(lines, "produce --topic few --json");
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("line 2: topic 'few' has partitions 0 to 1, and no partition 2", run.Error);
        Assert.Contains("1 records produced", run.Error);
    }

    [Fact]
    public async Task An_input_much_larger_than_the_buffers_is_sent_whole()
    {
        await Run("topics --create --topic large --partitions 3");
        var line = new string('x', 20_000);
        var input = Text(Enumerable.Range(0, 4_000).Select(i => line + i));
        Assert.Equal("4000 records produced\n", (await RunWith(input, "produce --topic large")).Error);
        var consumed = await Run("consume --topic large --from-beginning --exit-at-end");
        Assert.Equal(input.Length, consumed.Bytes.Length);
        Assert.Equal(4_000, consumed.Lines.Distinct().Count());
    }

    [Fact]
    public async Task Errors_say_what_helps()
    {
        await Run("topics --create --topic limits --config max.message.bytes=1000");
        var tooLarge = await RunWith(Text([new string('x', 2_000)]), "produce --topic limits");
        Assert.Equal(ExitCode.Failed, tooLarge.ExitCode);
        Assert.Contains("line 1: MESSAGE_TOO_LARGE", tooLarge.Error);
        Assert.Contains("larger than the topic's max.message.bytes; raise that", tooLarge.Error);

        var badName = await RunWith(Text(["x"]), "produce --topic a/b");
        Assert.Contains("topic 'a/b': INVALID_TOPIC_EXCEPTION: a name has 1 to 249 letters", badName.Error);
        var badNameToCreate = (await Run("topics --create --topic a/b")).Error;
        Assert.Contains("topic 'a/b': INVALID_TOPIC_EXCEPTION: topic name 'a/b' may", badNameToCreate);
        Assert.DoesNotContain("249", badNameToCreate);

        var missing = await Run("consume --topic missing --from-beginning");
        Assert.Contains("testbed topics --create --topic NAME", missing.Error);
        var beyond = await Run("consume --topic limits --partition 0 --offset 99");
        Assert.Contains(
            "--offset 99: partition 0 of 'limits' has 0 to 0; begin there, or with --offset earliest",
            beyond.Error);
        var copies = await Run("topics --create --topic copies --replication-factor 3");
        Assert.Contains("topic 'copies': INVALID_REPLICATION_FACTOR: replication factor 3", copies.Error);
    }

    private static byte[] Text(System.Collections.Generic.IEnumerable<string> lines) =>
        Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));

    private Task<Invocation> Run(string commandLine) => RunWith([], commandLine);

    private Task<Invocation> RunWith(byte[] input, string commandLine) =>
        Invocation.RunWith(input, $"{commandLine} --bootstrap-server {broker.Address}".Split(' '));
}
