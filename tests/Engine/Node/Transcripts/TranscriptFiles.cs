using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Testbed.Tests.Engine.Node.Transcripts;

/// <summary>The transcripts beside this file: scenes, each under a line `== SENTENCE`.</summary>
internal static class TranscriptFiles
{
    private const string Folder = "Transcripts/";
    private const string Heading = "== ";

    public static IReadOnlyList<string> Names =>
    [
        .. typeof(TranscriptFiles).Assembly.GetManifestResourceNames()
            .Where(static name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(static name => name[Folder.Length..])
            .Order(StringComparer.Ordinal),
    ];

    public static IReadOnlyList<string> Sentences(string file) =>
        [.. Lines(file).Where(IsHeading).Select(static line => line[Heading.Length..])];

    /// <summary>The lines under a sentence.</summary>
    public static IReadOnlyList<string> Scene(string file, string sentence)
    {
        var lines = Lines(file);
        var first = lines.IndexOf(Heading + sentence) + 1;
        return [.. lines.Skip(first).TakeWhile(static line => !IsHeading(line))];
    }

    private static bool IsHeading(string line) => line.StartsWith(Heading, StringComparison.Ordinal);

    private static List<string> Lines(string file)
    {
        using var stream = typeof(TranscriptFiles).Assembly.GetManifestResourceStream(Folder + file)!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().TrimEnd('\n').Split('\n')];
    }
}
