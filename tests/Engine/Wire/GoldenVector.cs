using System;
using System.Text.Json;

namespace Testbed.Tests.Engine.Wire;

/// <summary>A sample made by Apache Kafka's own classes: the bytes of a message, and its fields.</summary>
public sealed record GoldenVector(
    string Name,
    short Version,
    long Seed,
    string Kind,
    byte[] Bytes,
    byte[]? Framed,
    byte[]? WithoutUnknownTags,
    JsonElement Json)
{
    /// <summary>Reads a line; <paramref name="name"/> where the line itself does not say.</summary>
    public static GoldenVector Parse(string line, string? name)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        return new GoldenVector(
            root.TryGetProperty("name", out var own) ? own.GetString()! : name!,
            root.GetProperty("v").GetInt16(),
            root.GetProperty("seed").GetInt64(),
            root.TryGetProperty("kind", out var kind) ? kind.GetString()! : "unknown-tags",
            HexOf(root, "hex")!,
            HexOf(root, "framed"),
            HexOf(root, "hexWithoutUnknown"),
            root.GetProperty("json").Clone());
    }

    public override string ToString() => $"{Name} v{Version} seed {Seed} ({Kind})";

    private static byte[]? HexOf(JsonElement root, string property) =>
        root.TryGetProperty(property, out var hex) ? Convert.FromHexString(hex.GetString()!) : null;
}
