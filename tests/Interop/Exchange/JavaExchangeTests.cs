using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace Testbed.Tests.Interop;

/// <summary>The exchange with Kafka's own clients, in both directions.</summary>
public sealed class JavaExchangeTests(BrokerFixture fixture) : IClassFixture<BrokerFixture>
{
    private const int PartitionCount = 2;

    private readonly BrokerProcess _broker = fixture.Broker;

    [ClientTheory(Clients.JavaTools, Clients.KafkaPython)]
    [Exchange(ExchangeWriter.KafkaJs, "none")]
    [Exchange(ExchangeWriter.KafkaJs, "gzip")]
    [Exchange(ExchangeWriter.KafkaPython, "snappy")]
    [Exchange(ExchangeWriter.KafkaPython, "lz4")]
    [Exchange(ExchangeWriter.Confluent, "zstd")]
    [Exchange(ExchangeWriter.Kcat, "none")]
    public async Task What_a_client_writes_Kafkas_consumer_reads_byte_for_byte(
        ExchangeWriter writer, string codec)
    {
        var topic = $"to-java-{writer}-{codec}";
        var shape = ExchangeClients.ShapeOf(writer);
        var sent = ExchangeData.Generate(shape, PartitionCount);
        await CreateTopic(topic, PartitionCount);

        var from = DateTimeOffset.UtcNow.AddMilliseconds(-1);
        await ExchangeClients.Write(_broker, writer, codec, topic, sent);
        (DateTimeOffset, DateTimeOffset)? during = shape.HasTimestamps ? null : (from, DateTimeOffset.UtcNow);

        var counts = Enumerable.Range(0, PartitionCount)
            .Select(partition => sent.Count(record => record.Partition == partition)).ToList();
        var read = await ExchangeClients.Read(_broker, ExchangeReader.JavaConsole, topic, counts);
        ExchangeCheck.Same(sent, read, during, nameof(ExchangeReader.JavaConsole));
    }

    [ClientTheory(Clients.JavaTools, Clients.Kcat, Clients.KafkaPython, Clients.ConfluentPython)]
    [InlineData("none")]
    [InlineData("snappy")]
    [InlineData("lz4")]
    public async Task What_Kafkas_console_producer_writes_all_read_byte_for_byte(string codec)
    {
        var topic = "from-java-" + codec;
        var sent =
            ExchangeData.Generate(ExchangeClients.ShapeOf(ExchangeWriter.JavaConsole), partitionCount: 1);
        await CreateTopic(topic, partitionCount: 1);

        var from = DateTimeOffset.UtcNow.AddMilliseconds(-1);
        await ExchangeClients.Write(_broker, ExchangeWriter.JavaConsole, codec, topic, sent);
        var during = (from, DateTimeOffset.UtcNow);

        foreach (var reader in Enum.GetValues<ExchangeReader>())
        {
            var read = await ExchangeClients.Read(_broker, reader, topic, [sent.Count]);
            ExchangeCheck.Same(sent, read, during, reader.ToString());
        }
    }

    [ClientFact(Clients.JavaTools, Clients.Kcat, Clients.KafkaPython, Clients.ConfluentPython)]
    public async Task What_Kafkas_verifiable_producer_had_acknowledged_all_read_where_it_was_said_to_be()
    {
        const string Topic = "from-java-verifiable";
        await CreateTopic(Topic, PartitionCount);
        var run = await ClientProgram.Run(Clients.JavaCommand(
            "verifiable-producer",
            _broker,
            "--topic",
            Topic,
            "--max-messages",
            ExchangeData.Count.ToString(CultureInfo.InvariantCulture),
            "--acks",
            "-1",
            "--message-create-time",
            "1700000000000"));
        var acknowledged = run.Succeeded(_broker).Lines
            .Where(static line => line.StartsWith('{'))
            .Select(static line => JsonElement.Parse(line))
            .Where(static one => one.GetProperty("name").GetString() == "producer_send_success")
            .Select(static one => At(
                one.GetProperty("partition").GetInt32(),
                one.GetProperty("offset").GetInt64(),
                one.GetProperty("value").GetString()!))
            .Order(StringComparer.Ordinal)
            .ToList();
        Assert.Equal(ExchangeData.Count, acknowledged.Count);

        var counts = Enumerable.Range(0, PartitionCount)
            .Select(partition => acknowledged.Count(one => one.StartsWith(At(partition)))).ToList();
        foreach (var reader in Enum.GetValues<ExchangeReader>())
        {
            var read = await ExchangeClients.Read(_broker, reader, Topic, counts);
            Assert.Equal(acknowledged, Places(read));
        }
    }

    private static List<string> Places(IEnumerable<ExchangeRecord> records) =>
    [
        .. records.Select(static one => At(one.Partition, one.Offset, Encoding.UTF8.GetString(one.Value!)))
            .Order(StringComparer.Ordinal),
    ];

    private static string At(int partition) => string.Create(CultureInfo.InvariantCulture, $"{partition}@");

    private static string At(int partition, long offset, string value) =>
        string.Create(CultureInfo.InvariantCulture, $"{At(partition)}{offset}={value}");

    private async Task CreateTopic(string topic, int partitionCount)
    {
        var run = await ClientProgram.Run(Clients.PythonCommand(
            Clients.KafkaPython,
            "create_topic.py",
            _broker,
            topic,
            partitionCount.ToString(CultureInfo.InvariantCulture)));
        run.Succeeded(_broker);
    }
}
