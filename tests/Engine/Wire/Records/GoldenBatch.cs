using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Testbed.Wire;
using Xunit;

namespace Testbed.Tests.Engine.Wire.Records;

/// <summary>One file of batches and what Kafka made of it. Shown by its name in a test's name.</summary>
public sealed class GoldenBatch
{
    private static readonly Lazy<IReadOnlyList<GoldenBatch>> Read = new(ReadAll);

    private GoldenBatch(string name, byte[] bytes, JsonElement facts)
    {
        Name = name;
        Bytes = bytes;
        Facts = facts;
    }

    public static IReadOnlyList<GoldenBatch> All => Read.Value;

    public string Name { get; }

    /// <summary>As the producer sent it. Copy before you patch.</summary>
    public byte[] Bytes { get; }

    public JsonElement Facts { get; }

    public bool IsGood => Facts.GetProperty("kind").GetString() == "good";

    /// <summary>The answer of a running broker.</summary>
    public JsonElement Broker => Facts.GetProperty("broker");

    /// <summary>
    /// The broker's clock at the time, as its refusal of a timestamp tells it (an hour before the latest
    /// that it allows); any time will do for the others.
    /// </summary>
    public long SentAtMs
    {
        get
        {
            var errors = Broker.GetProperty("recordErrors");
            var text = errors.GetArrayLength() == 0 ? "" : errors[0].GetProperty("message").GetString()!;
            var latest = text.Split(", ")[^1].TrimEnd(']');
            return text.Contains("within [") ? long.Parse(latest) - 3_600_000 : 1_795_000_000_000;
        }
    }

    public static TheoryData<string> Names(Func<GoldenBatch, bool> which) =>
        new(All.Where(which).Select(batch => batch.Name));

    public static GoldenBatch Named(string name) => All.Single(batch => batch.Name == name);

    /// <summary>What one of Kafka's own checks says: an error, or none for "ok".</summary>
    public ErrorCode Check(string name)
    {
        var check = Facts.GetProperty("checks").GetProperty(name);
        return check.ValueKind == JsonValueKind.String
            ? ErrorCode.None
            : ErrorNamed(check.GetProperty("error").GetString()!);
    }

    public string CheckMessage(string name)
    {
        var check = Facts.GetProperty("checks").GetProperty(name);
        return check.ValueKind == JsonValueKind.String ? "" : check.GetProperty("message").GetString() ?? "";
    }

    public static ErrorCode ErrorNamed(string kafkaName) =>
        Enum.GetValues<ErrorCode>().Single(code => code.KafkaName() == kafkaName);

    private static List<GoldenBatch> ReadAll()
    {
        var files = GoldenFolder.ReadBatches();
        return files.Where(file => file.Key.EndsWith(".json", StringComparison.Ordinal))
            .Select(file => (Name: file.Key[..^5], Facts: JsonDocument.Parse(file.Value).RootElement))
            .Select(file => new GoldenBatch(file.Name, files[file.Name + ".bin"], file.Facts))
            .ToList();
    }
}
