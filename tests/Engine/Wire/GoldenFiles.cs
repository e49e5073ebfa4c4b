using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;

namespace Testbed.Tests.Engine.Wire;

/// <summary>
/// Where the vectors are: a selection in the test assembly, and the whole set in the folder that the
/// environment variable GOLDEN names, or else in `../shared/golden` beside the repository.
/// </summary>
public static class GoldenFiles
{
    /// <summary>Remote (tiered) storage is not spoken.</summary>
    private const string Excluded = "Remote";

    /// <summary>The folder of the whole set, or null when there is none.</summary>
    public static string? Folder { get; } = FindFolder();

    public static IReadOnlyList<GoldenVector> Selection { get; } = Vectors(
        Embedded("messages.jsonl.gz"), null);

    public static IReadOnlyList<GoldenVector> SelectionUnknownTags { get; } =
        Vectors(Embedded("messages-unknown-tags.jsonl.gz"), null);

    public static IReadOnlyList<GoldenEntry> Index { get; } = Entries(Embedded("messages-index.jsonl.gz"));

    public static IReadOnlyList<GoldenVector> Whole() =>
        Directory.GetFiles(Path.Combine(Folder!, "messages"), "*.jsonl")
            .Order(StringComparer.Ordinal)
            .SelectMany(file => Vectors(File.ReadLines(file), Path.GetFileNameWithoutExtension(file)))
            .ToList();

    public static IReadOnlyList<GoldenVector> WholeUnknownTags() =>
        Vectors(File.ReadLines(Path.Combine(Folder!, "messages-unknown-tags.jsonl")), null);

    public static IReadOnlyList<GoldenEntry> WholeIndex() =>
        Entries(File.ReadLines(Path.Combine(Folder!, "messages-index.jsonl")));

    private static List<GoldenVector> Vectors(IEnumerable<string> lines, string? name) =>
        lines.Where(line => line.Length > 0)
            .Select(line => GoldenVector.Parse(line, name))
            .Where(vector => !vector.Name.StartsWith(Excluded, StringComparison.Ordinal))
            .ToList();

    private static List<GoldenEntry> Entries(IEnumerable<string> lines) =>
        lines.Where(line => line.Length > 0)
            .Select(GoldenEntry.Parse)
            .Where(entry => !entry.Name.StartsWith(Excluded, StringComparison.Ordinal))
            .ToList();

    private static List<string> Embedded(string name)
    {
        using var packed = typeof(GoldenFiles).Assembly.GetManifestResourceStream("Wire/" + name)!;
        using var reader = new StreamReader(new GZipStream(packed, CompressionMode.Decompress));
        var lines = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            lines.Add(line);
        }
        return lines;
    }

    private static string? FindFolder()
    {
        if (Environment.GetEnvironmentVariable("GOLDEN") is { Length: > 0 } named)
        {
            return named;
        }
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Testbed.sln")))
        {
            folder = folder.Parent;
        }
        for (var above = folder?.Parent; above is not null; above = above.Parent)
        {
            var golden = Path.Combine(above.FullName, "shared", "golden");
            if (Directory.Exists(Path.Combine(golden, "messages")))
            {
                return golden;
            }
        }
        return null;
    }
}
