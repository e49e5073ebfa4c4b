using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Testbed.Foundation;
using Testbed.Log;

namespace Testbed.Runner.Logs;

/// <summary>The files of one partition's directory, as they were when it was listed.</summary>
internal sealed class PartitionFolder : ISnapshotSource
{
    private const string CleanMarker = ".kafka_cleanshutdown";
    private const string MetaProperties = "meta.properties";
    private const string SwapSuffix = ".swap";

    /// <summary>Directories that are set aside: nobody has closed their logs.</summary>
    private static readonly string[] AsideSuffixes = ["-delete", "-stray", "-future"];

    private readonly List<LogFileName> _files;

    public PartitionFolder(string path)
    {
        Folder = path;
        Name = Path.GetFileName(Path.GetFullPath(path).TrimEnd(Path.DirectorySeparatorChar));
        _files = Directory.GetFiles(path).Order(StringComparer.Ordinal).Select(LogFileName.Of).ToList();
        Offsets = _files.Where(static file => file.Kind == LogFileKind.ProducerSnapshot)
            .Select(static file => file.Offset).ToList();
        Segments = _files.Where(static file => file.Kind == LogFileKind.Segment).ToList();
    }

    /// <summary>Its path, as it was given.</summary>
    public string Folder { get; }

    /// <summary>Its own name, with which findings begin.</summary>
    public string Name { get; }

    /// <summary>In ordinal order, which is that of offsets.</summary>
    public IReadOnlyList<LogFileName> Files => _files;

    public IReadOnlyList<LogFileName> Segments { get; }

    /// <summary>Of the producer snapshots.</summary>
    public IReadOnlyList<Offset> Offsets { get; }

    /// <summary>Whether a broker has closed the log and none has opened it since.</summary>
    public bool IsClosedCleanly => !IsAside && IsStoppedCleanly(BesideIt(""));

    /// <summary>Whether its topic or its place is none of the broker's any more.</summary>
    public bool IsAside => Array.Exists(AsideSuffixes, Name.EndsWith);

    /// <summary>
    /// How far the log directory says that the log is compacted: below, offsets may be missing anywhere. Null
    /// where nothing says it.
    /// </summary>
    public Offset? CleanedEnd()
    {
        // A compaction that was interrupted has taken segments away already; opening the log ends it.
        var isBeingSwapped = _files.Exists(
            static file => file.Name.EndsWith(SwapSuffix, StringComparison.Ordinal));
        if (IsAside || isBeingSwapped || !File.Exists(BesideIt(MetaProperties)))
        {
            return null;
        }
        var checkpoint = BesideIt(OffsetCheckpoint.CleanerFile);
        var bytes = File.Exists(checkpoint) ? PieceReader.ReadWhole(checkpoint) : [];
        var offsets = bytes is null ? null : OffsetCheckpoint.TryParse(Encoding.UTF8.GetString(bytes));
        foreach (var (partition, offset) in offsets ?? [])
        {
            if (partition.ToString() == Name)
            {
                return offset;
            }
        }
        return Offset.Zero;
    }

    /// <summary>Whether a broker has stopped with this log directory, and none has started since.</summary>
    public static bool IsStoppedCleanly(string directory) =>
        File.Exists(Path.Combine(directory, CleanMarker));

    /// <summary>Whether a directory has what only a partition's has.</summary>
    public static bool IsOne(string path) => Directory.Exists(path)
        && Directory.EnumerateFiles(path).Select(LogFileName.Of).Any(static file =>
            file.Kind is LogFileKind.Segment or LogFileKind.LeaderEpochs
            || file.Name == "partition.metadata");

    /// <summary>Whether the system refuses to list or to read something.</summary>
    public static bool IsRefusal(Exception error) => error is IOException or UnauthorizedAccessException;

    public string PathOf(string file) => Path.Combine(Folder, file);

    /// <summary>A file as findings name it.</summary>
    public string Shown(string file) => $"{Name}/{file}";

    /// <summary>A file's bytes; null when it is not there or has gone.</summary>
    public ReadOnlyMemory<byte>? TryRead(string file)
    {
        try
        {
            return PieceReader.ReadWhole(PathOf(file)) ?? throw new IOException(
                $"it has more than the {BatchWalk.WindowMaxBytes} bytes that are read at once");
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    string ISnapshotSource.NameOf(Offset offset) => Shown(SnapshotName(offset));

    ReadOnlyMemory<byte>? ISnapshotSource.Read(Offset offset) => TryRead(SnapshotName(offset));

    private string BesideIt(string file) => Path.Combine(Path.GetFullPath(Folder), "..", file);

    private static string SnapshotName(Offset offset) => $"{offset.Value:D20}.snapshot";
}
