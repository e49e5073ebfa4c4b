using System;
using System.Threading.Tasks;
using Xunit;

namespace Testbed.Tests.Interop;

/// <summary>Ten thousand records, written by one client and read by the others.</summary>
public sealed class ExchangeTests(BrokerFixture fixture) : IClassFixture<BrokerFixture>
{
    [ClientTheory(Clients.Kcat, Clients.ConfluentPython, Clients.KafkaPython)]
    [Exchange(ExchangeWriter.KafkaJs, "none")]
    [Exchange(ExchangeWriter.KafkaJs, "gzip")]
    [Exchange(ExchangeWriter.KafkaPython, "none")]
    [Exchange(ExchangeWriter.KafkaPython, "gzip")]
    [Exchange(ExchangeWriter.KafkaPython, "snappy")]
    [Exchange(ExchangeWriter.KafkaPython, "lz4")]
    [Exchange(ExchangeWriter.KafkaPython, "zstd")]
    [Exchange(ExchangeWriter.Confluent, "none")]
    [Exchange(ExchangeWriter.Confluent, "gzip")]
    [Exchange(ExchangeWriter.Confluent, "snappy")]
    [Exchange(ExchangeWriter.Confluent, "lz4")]
    [Exchange(ExchangeWriter.Confluent, "zstd")]
    [Exchange(ExchangeWriter.Kcat, "none")]
    [Exchange(ExchangeWriter.Kcat, "zstd")]
    public async Task What_one_client_writes_the_others_read_byte_for_byte(
        ExchangeWriter writer, string codec)
    {
        var broker = fixture.Broker;
        var topic = $"exchange-{writer}-{codec}";
        var shape = ExchangeClients.ShapeOf(writer);
        var sent = ExchangeData.Generate(shape, BrokerFixture.PartitionCount);

        var from = DateTimeOffset.UtcNow.AddMilliseconds(-1);
        await ExchangeClients.Write(broker, writer, codec, topic, sent);
        (DateTimeOffset, DateTimeOffset)? during = shape.HasTimestamps ? null : (from, DateTimeOffset.UtcNow);

        ExchangeReader[] readers =
            [ExchangeReader.Kcat, ExchangeReader.Confluent, ExchangeReader.KafkaPython];
        foreach (var reader in readers)
        {
            var read = await ExchangeClients.Read(broker, reader, topic, []);
            ExchangeCheck.Same(sent, read, during, reader.ToString());
        }
    }
}
