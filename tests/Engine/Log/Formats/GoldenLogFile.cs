using System;
using Testbed.Foundation;
using Testbed.Log;

namespace Testbed.Tests.Engine.Log.Formats;

/// <summary>A file of a log directory that Kafka has left.</summary>
/// <param name="Folder">Its partition's directory: case/data directory/partition.</param>
/// <param name="Name">Without the folder.</param>
/// <param name="Bytes">Its content.</param>
public sealed record GoldenLogFile(string Folder, string Name, byte[] Bytes)
{
    private const int OffsetDigits = 20;

    public string Path => $"{Folder}/{Name}";

    /// <summary>The offset in the name, of those files that have one.</summary>
    public Offset Offset => new(long.Parse(Name.AsSpan(0, OffsetDigits)));

    public bool IsSegment => LogFileNames.TryParseSegment(Name, out _);

    public bool Has(string suffix) => Name.Length == OffsetDigits + suffix.Length && Name.EndsWith(suffix);

    /// <summary>The file beside with the same offset and another suffix.</summary>
    public GoldenLogFile? Beside(string suffix) =>
        GoldenLogs.Find($"{Folder}/{Name[..OffsetDigits]}{suffix}");

    public override string ToString() => Path;
}
