using System.Collections.Generic;
using System.CommandLine;
using System.Text;

namespace Testbed.Runner;

/// <summary>
/// Which parts of a record are printed, and what stands between them: Kafka's properties of the same names.
/// </summary>
public sealed record RecordStyle
{
    public static IReadOnlyList<string> Properties { get; } =
    [
        "print.timestamp", "print.partition", "print.offset", "print.headers", "print.key", "print.value",
        "key.separator", "line.separator", "headers.separator", "null.literal",
    ];

    public bool HasTimestamp { get; private init; }

    public bool HasPartition { get; private init; }

    public bool HasOffset { get; private init; }

    public bool HasHeaders { get; private init; }

    public bool HasKey { get; private init; }

    public bool HasValue { get; private init; }

    public byte[] Separator { get; private init; } = [];

    public byte[] LineEnd { get; private init; } = [];

    public byte[] HeaderSeparator { get; private init; } = [];

    /// <summary>Stands for a key or value that is null.</summary>
    public byte[] Null { get; private init; } = [];

    public static RecordStyle Of(PropertyFlag properties, ParseResult parsed) => new()
    {
        HasTimestamp = properties.Is(parsed, "print.timestamp"),
        HasPartition = properties.Is(parsed, "print.partition"),
        HasOffset = properties.Is(parsed, "print.offset"),
        HasHeaders = properties.Is(parsed, "print.headers"),
        HasKey = properties.Is(parsed, "print.key"),
        HasValue = properties.Find(parsed, "print.value") is null || properties.Is(parsed, "print.value"),
        Separator = Bytes(properties.Find(parsed, "key.separator") ?? "\t"),
        LineEnd = Bytes(properties.Find(parsed, "line.separator") ?? "\n"),
        HeaderSeparator = Bytes(properties.Find(parsed, "headers.separator") ?? ","),
        Null = Bytes(properties.Find(parsed, "null.literal") ?? "null"),
    };

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
