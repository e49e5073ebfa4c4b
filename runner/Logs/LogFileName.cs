using System;
using System.Globalization;
using System.IO;
using Testbed.Foundation;
using Testbed.Log;

namespace Testbed.Runner.Logs;

/// <summary>A file's name in a log directory, taken apart.</summary>
/// <param name="Name">Without the directory.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Offset">In the name, of those kinds that have one; otherwise 0.</param>
internal readonly record struct LogFileName(string Name, LogFileKind Kind, Offset Offset)
{
    private const int OffsetDigits = 20;

    /// <summary>Offsets within a segment are at most so far from its name.</summary>
    private const long OffsetMax = long.MaxValue - int.MaxValue - 1;

    private static readonly string[] LeftoverSuffixes = [".deleted", ".cleaned", ".swap", ".part", ".tmp"];

    private static readonly string[] TextNames =
        ["partition.metadata", "quorum-state", "meta.properties", ".kafka_cleanshutdown"];

    /// <summary>The name without the offset's suffix, as of all files of one segment.</summary>
    public string Stem => Name[..OffsetDigits];

    public static LogFileName Of(string path)
    {
        var name = Path.GetFileName(path);
        if (Array.Exists(LeftoverSuffixes, name.EndsWith))
        {
            return new LogFileName(name, LogFileKind.Leftover, Offset.Zero);
        }
        return OffsetOf(name) is { } offset
            ? new LogFileName(name, KindOfSuffix(name[OffsetDigits..]), offset)
            : new LogFileName(name, KindOfWhole(name), Offset.Zero);
    }

    /// <summary>What a file was or will be whose name says that it is on its way.</summary>
    public static LogFileName Settled(string path)
    {
        var suffix = Array.Find(LeftoverSuffixes, Path.GetFileName(path).EndsWith);
        return Of(suffix is null ? path : path[..^suffix.Length]);
    }

    private static Offset? OffsetOf(string name) =>
        name.Length > OffsetDigits
        && long.TryParse(
            name.AsSpan(0, OffsetDigits), NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
        && offset <= OffsetMax
            ? new Offset(offset)
            : null;

    private static LogFileKind KindOfSuffix(string suffix) => suffix switch
    {
        ".log" => LogFileKind.Segment,
        ".index" => LogFileKind.OffsetIndex,
        ".timeindex" => LogFileKind.TimeIndex,
        ".txnindex" => LogFileKind.AbortedTransactions,
        ".snapshot" => LogFileKind.ProducerSnapshot,
        _ when suffix.EndsWith(".checkpoint", StringComparison.Ordinal) => LogFileKind.MetadataSnapshot,
        _ => LogFileKind.Unknown,
    };

    private static LogFileKind KindOfWhole(string name) => name switch
    {
        LeaderEpochCheckpoint.FileName => LogFileKind.LeaderEpochs,
        "bootstrap.checkpoint" => LogFileKind.MetadataSnapshot,
        _ when name.EndsWith("-offset-checkpoint", StringComparison.Ordinal) => LogFileKind.OffsetCheckpoint,
        _ when Array.IndexOf(TextNames, name) >= 0 => LogFileKind.Text,
        _ => LogFileKind.Unknown,
    };
}
