using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace Testbed.Tests.Interop;

/// <summary>Lets each client write the exchange's records, and read them.</summary>
internal static class ExchangeClients
{
    /// <summary>What a client can put into a record.</summary>
    public static ExchangeShape ShapeOf(ExchangeWriter writer) => writer switch
    {
        ExchangeWriter.KafkaJs => new ExchangeShape { HasNullHeaders = false, HasScatteredHeaders = false },
        ExchangeWriter.KafkaPython => new ExchangeShape { HasNullHeaders = false, HasBareRecords = false },
        ExchangeWriter.Kcat => new ExchangeShape
        {
            HasEmpty = false,
            HasTimestamps = false,
            FixedHeaders = KcatExchange.Headers,
        },
        ExchangeWriter.JavaConsole => new ExchangeShape { HasBinary = false, HasTimestamps = false },
        _ => new ExchangeShape(),
    };

    /// <summary>The programs that a writer needs.</summary>
    public static string ClientOf(ExchangeWriter writer) => writer switch
    {
        ExchangeWriter.KafkaJs => Clients.KafkaJs,
        ExchangeWriter.KafkaPython => Clients.KafkaPython,
        ExchangeWriter.Confluent => Clients.ConfluentPython,
        ExchangeWriter.Kcat => Clients.Kcat,
        ExchangeWriter.JavaConsole => Clients.JavaTools,
        _ => throw new ArgumentOutOfRangeException(nameof(writer), writer, "no such writer"),
    };

    /// <summary>Writes and waits until every record is acknowledged by all.</summary>
    public static async Task Write(
        BrokerProcess broker,
        ExchangeWriter writer,
        string codec,
        string topic,
        IReadOnlyList<ExchangeRecord> records)
    {
        switch (writer)
        {
            case ExchangeWriter.Kcat:
                await KcatExchange.Write(broker, codec, topic, records);
                return;
            case ExchangeWriter.JavaConsole:
                await JavaConsoleExchange.Write(broker, codec, topic, records);
                return;
        }
        using var folder = new TemporaryFolder();
        var file = folder.Inside("records.jsonl");
        await File.WriteAllLinesAsync(file, records.Select(static record => record.ToLine()));
        var command = writer switch
        {
            ExchangeWriter.KafkaJs => Clients.NodeCommand("write.mjs", broker, topic, codec, file),
            ExchangeWriter.KafkaPython => Clients.PythonCommand(
                Clients.KafkaPython, "write_kafka_python.py", broker, topic, codec, file),
            _ => Clients.PythonCommand(
                Clients.ConfluentPython, "write_confluent.py", broker, topic, codec, file),
        };
        (await ClientProgram.Run(command)).Succeeded(broker);
    }

    /// <summary>
    /// Every record of the topic, in the order of offsets within a partition. Kafka's console consumer must
    /// be told how many each partition has.
    /// </summary>
    public static Task<List<ExchangeRecord>> Read(
        BrokerProcess broker, ExchangeReader reader, string topic, IReadOnlyList<int> counts) => reader switch
        {
            ExchangeReader.Kcat => KcatExchange.Read(broker, topic),
            ExchangeReader.JavaConsole => JavaConsoleExchange.Read(broker, topic, counts),
            ExchangeReader.KafkaPython => ReadLines(broker, Clients.PythonCommand(
                Clients.KafkaPython, "read_kafka_python.py", broker, topic)),
            _ => ReadLines(broker, Clients.PythonCommand(
                Clients.ConfluentPython, "read_confluent.py", broker, topic)),
        };

    private static async Task<List<ExchangeRecord>> ReadLines(BrokerProcess broker, CommandLine command)
    {
        var run = (await ClientProgram.Run(command)).Succeeded(broker);
        return [.. run.Lines.Select(ExchangeRecord.Parse)];
    }
}
