using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace Testbed.Tests.Interop;

/// <summary>
/// Kafka's DumpLogSegments over many files in one start. What it finds wrong is in what it prints: mostly it
/// ends with 0 all the same.
/// </summary>
internal static class KafkaDumpTool
{
    private const string MetadataFolder = "__cluster_metadata-0";
    private const int FilesPerRun = 400;    // one argument takes at most 128 KiB

    /// <summary>
    /// In the tool's words. "Non-consecutive" it also says of each segment's first batch, after -1.
    /// </summary>
    private static readonly string[] Complaints =
    [
        "isvalid: false",
        "Mismatches in :",
        "mismatch in",
        "Index timestamp mismatch",
        "out of order timestamp",
        "invalid bytes at the end of",
        "is followed by",
        "Exception",
        "Could not",
        "failed",
    ];

    /// <summary>The segments with all their records, of topics.</summary>
    public static Task<List<string>> Segments(string directory) =>
        Run(FilesOf(directory, [".log"]), "--print-data-log", "--deep-iteration");

    /// <summary>The indexes: each entry looked up in its segment, and their sanity check.</summary>
    public static async Task<List<string>> Indexes(string directory)
    {
        var files = FilesOf(directory, [".index", ".timeindex"]);
        return
        [
            .. await Run(files, "--verify-index-only"),
            .. await Run(files, "--index-sanity-check"),
        ];
    }

    public static Task<List<string>> Producers(string directory) => Run(FilesOf(directory, [".snapshot"]));

    /// <summary>The metadata log, every record decoded.</summary>
    public static Task<List<string>> Metadata(string directory) => Run(
        [.. Directory.GetFiles(Path.Combine(directory, MetadataFolder), "*.log").Order()],
        "--cluster-metadata-decoder");

    /// <summary>How many records the tool has shown.</summary>
    public static int RecordsIn(IEnumerable<string> lines) =>
        lines.Count(static line => line.StartsWith("| offset: ", StringComparison.Ordinal));

    /// <summary>Those lines that say that a file is not as it should be.</summary>
    public static IReadOnlyList<string> ComplaintsIn(IEnumerable<string> lines) =>
        [.. lines.Where(static line =>
            Array.Exists(Complaints, line.Contains)
            && !line.TrimStart().StartsWith("-1 is followed by ", StringComparison.Ordinal))];

    /// <summary>Of topics' partitions.</summary>
    private static List<string> FilesOf(string directory, string[] kinds) =>
        [.. Directory.GetFiles(directory, "*", SearchOption.AllDirectories)
            .Where(file => kinds.Contains(Path.GetExtension(file)) && !file.Contains("/" + MetadataFolder))
            .Order(StringComparer.Ordinal)];

    private static async Task<List<string>> Run(List<string> files, params string[] flags)
    {
        var lines = new List<string>();
        foreach (var some in files.Chunk(FilesPerRun))
        {
            var command = JavaTool.Command("dump-log", ["--files", string.Join(',', some), .. flags]);
            var run = await ClientProgram.Run(command);
            lines.AddRange(run.Lines);
            lines.AddRange(run.Errors.Split('\n').Where(static line => line.Contains("Exception")));
            if (run.ExitCode != 0)
            {
                lines.Add($"the tool failed with {run.ExitCode}");
            }
        }
        return lines;
    }
}
