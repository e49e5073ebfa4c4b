using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Testbed.Foundation;
using Xunit;

namespace Testbed.Tests.Interop;

/// <summary>kcat, which is librdkafka: metadata, producing, consuming, offsets by time.</summary>
public sealed class KcatTests(BrokerFixture fixture) : IClassFixture<BrokerFixture>
{
    private const int TextBytes = 5_000_000;

    private readonly BrokerProcess _broker = fixture.Broker;

    [ClientFact(Clients.Kcat)]
    public async Task Kcat_lists_the_broker_and_its_topics()
    {
        await Produce("listed", "a line\n");
        using var metadata = JsonDocument.Parse((await Run("-L", "-J")).Text);
        var broker = Assert.Single(metadata.RootElement.GetProperty("brokers").EnumerateArray());
        Assert.Equal(1, broker.GetProperty("id").GetInt32());
        Assert.Equal(_broker.Bootstrap, broker.GetProperty("name").GetString());
        var topic = metadata.RootElement.GetProperty("topics").EnumerateArray()
            .Single(static one => one.GetProperty("topic").GetString() == "listed");
        var partitions = topic.GetProperty("partitions").EnumerateArray().ToList();
        Assert.Equal(
            Enumerable.Range(0, BrokerFixture.PartitionCount),
            partitions.Select(static one => one.GetProperty("partition").GetInt32()).Order());
        Assert.All(partitions, static one => Assert.Equal(1, one.GetProperty("leader").GetInt32()));
    }

    [ClientTheory(Clients.Kcat)]
    [InlineData("none")]
    [InlineData("gzip")]
    [InlineData("snappy")]
    [InlineData("lz4")]
    [InlineData("zstd")]
    public async Task A_file_sent_through_the_broker_comes_back_identical(string codec)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Inside("lines.txt");
        var sent = Lines();
        await File.WriteAllBytesAsync(file, sent);
        var topic = "file-" + codec;

        await Run("-P", "-t", topic, "-p", "0", "-z", codec, "-l", file);
        var read = await Run(
            "-C", "-t", topic, "-p", "0", "-o", "beginning", "-e", "-q", "-X", "check.crcs=true");

        Assert.True(sent.AsSpan().SequenceEqual(read.Output), Difference(sent, read.Output));
        var stored = new DirectoryInfo(Path.Combine(_broker.Directory, topic + "-0"))
            .EnumerateFiles("*.log").Sum(static segment => segment.Length);
        Assert.Equal(codec != "none", stored < sent.Length);
    }

    [ClientFact(Clients.Kcat)]
    public async Task Keys_and_headers_come_back_with_their_records()
    {
        await RunWith(
            "kept:one\n:two\nthree\nempty:\n",
            "-P", "-t", "keyed", "-p", "0", "-K", ":", "-H", "h=1", "-H", "empty=", "-H", "h=2", "-H",
                "null");
        var read = await Run("-C", "-t", "keyed", "-p", "0", "-o", "beginning", "-e", "-q", "-J");
        var records = read.Lines.Select(static line => JsonElement.Parse(line)).ToList();

        Assert.Equal(
            ["kept=one", "=two", "null=three", "empty="],
            records.Select(static one => $"{Text(one, "key")}={Text(one, "payload")}"));
        Assert.All(records, static one => Assert.Equal(
            """["h","1","empty","","h","2","null",null]""", one.GetProperty("headers").GetRawText()));
        Assert.Equal([0, 1, 2, 3], records.Select(static one => one.GetProperty("offset").GetInt32()));
    }

    [ClientFact(Clients.Kcat, Clients.ConfluentPython)]
    public async Task Offsets_are_found_by_timestamp()
    {
        // Out of order on purpose: the answer is the first record at or after the time.
        long[] times = [1000, 3000, 2000, 5000];
        var records = times.Select(static time => new ExchangeRecord(0, time, null, [1], [])).ToList();
        await ExchangeClients.Write(_broker, ExchangeWriter.Confluent, "none", "timed", records);

        Assert.Equal(0, await OffsetAt("timed", 0));
        Assert.Equal(0, await OffsetAt("timed", 1000));
        Assert.Equal(1, await OffsetAt("timed", 1001));
        Assert.Equal(1, await OffsetAt("timed", 2000));
        Assert.Equal(3, await OffsetAt("timed", 3001));
        Assert.Equal(-1, await OffsetAt("timed", 5001));
        Assert.Equal(4, await OffsetAt("timed", -1));
        Assert.Equal(0, await OffsetAt("timed", -2));
    }

    /// <summary>Where two texts part, and whether it is only the order of their lines.</summary>
    private static string Difference(byte[] sent, byte[] read)
    {
        var wrote = Encoding.UTF8.GetString(sent).Split('\n');
        var found = Encoding.UTF8.GetString(read).Split('\n');
        var first = wrote.Zip(found).TakeWhile(static pair => pair.First == pair.Second).Count();
        var isOrder = wrote.Order(StringComparer.Ordinal).SequenceEqual(found.Order(StringComparer.Ordinal));
        return $"wrote {wrote.Length} lines, read {found.Length}; line {first} is the first that differs; "
            + (isOrder ? "all lines are there, in another order" : "lines are missing or changed");
    }

    private static string Text(JsonElement record, string name) =>
        record.GetProperty(name).GetString() ?? "null";

    private static byte[] Lines()
    {
        // Words, for compression to find.
        string[] words =
            ["log", "offset", "partition", "leader epoch", "\u00e9\u20ac", "0123456789", "\"", ","];
        var random = new Prng(5);
        var text = new StringBuilder();
        while (text.Length < TextBytes)
        {
            // kcat sends no empty lines.
            var length = random.Chance(1, 50) ? random.Between(1, 2000) : random.Between(1, 30);
            for (var i = 0L; i < length; i++)
            {
                text.Append(words[random.Below(words.Length)]);
            }
            text.Append('\n');
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private async Task<long> OffsetAt(string topic, long timestamp)
    {
        // It prints: timed [0] offset 3
        var run =
            await Run("-Q", "-t", string.Create(CultureInfo.InvariantCulture, $"{topic}:0:{timestamp}"));
        return long.Parse(run.Text.Split(' ')[^1], CultureInfo.InvariantCulture);
    }

    private Task<ClientRun> Produce(string topic, string lines) => RunWith(lines, "-P", "-t", topic);

    private Task<ClientRun> Run(params string[] arguments) => RunWith("", arguments);

    private async Task<ClientRun> RunWith(string input, params string[] arguments)
    {
        var run =
            await ClientProgram.Run(Clients.KcatCommand(_broker, arguments), Encoding.UTF8.GetBytes(input));
        return run.Succeeded(_broker);
    }
}
