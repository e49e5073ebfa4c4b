using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Tests.Engine.Log.Formats;

namespace Testbed.Tests.Engine.Log.Golden;

/// <summary>A partition's directory as Kafka left it, and what else is known about it.</summary>
/// <param name="DataDirectory">Its log directory: case/data directory.</param>
/// <param name="Directory">Its own name.</param>
public sealed record GoldenPartition(string DataDirectory, string Directory)
{
    private const string Metadata = "__cluster_metadata-0";
    private const int IntervalBytes = 512;            // log.index.interval.bytes of every golden node
    private const int MetadataIntervalBytes = 4096;   // the metadata log takes the default
    private const int SegmentBytes = 8192;

    public static IReadOnlyList<GoldenPartition> All { get; } =
    [
        .. GoldenLogs.Segments.Select(static file => file.Folder).Distinct().Select(static folder =>
            new GoldenPartition(folder[..folder.LastIndexOf('/')], folder[(folder.LastIndexOf('/') + 1)..])),
    ];

    public string Path => $"{DataDirectory}/{Directory}";

    public bool IsMetadata => Directory == Metadata;

    /// <summary>A topic's that was being deleted: it was never closed.</summary>
    public bool IsBeingDeleted => Directory.EndsWith("-delete", StringComparison.Ordinal);

    public bool IsClosedCleanly =>
        !IsBeingDeleted && GoldenLogs.Find($"{DataDirectory}/.kafka_cleanshutdown") is not null;

    /// <summary>The damage of the case's list is in it.</summary>
    public bool IsDamaged => DataDirectory == "single-damaged/before";

    public TopicPartition Name
    {
        get
        {
            var name = IsBeingDeleted ? Directory[..Directory.IndexOf('.')] : Directory;
            var dash = name.LastIndexOf('-');
            return new TopicPartition(
                name[..dash], int.Parse(name[(dash + 1)..], CultureInfo.InvariantCulture));
        }
    }

    public bool IsCompacted => Name.Topic.StartsWith("compacted", StringComparison.Ordinal)
        || Name.Topic is "__consumer_offsets" or "__transaction_state" or "group-streams-counts-changelog";

    /// <summary>The topic's settings, as far as the log needs them; the metadata log always syncs.</summary>
    public LogSettings Settings =>
        new(SegmentBytes, IsMetadata ? MetadataIntervalBytes : IntervalBytes, IsMetadata)
        {
            IsCompacted = IsCompacted,
        };

    /// <summary>What a node that starts finds beside the partition's directory.</summary>
    public LogOpening Opening => new()
    {
        StartOffset = Checkpoint(OffsetCheckpoint.LogStartFile),
        RecoveryPoint = Checkpoint(OffsetCheckpoint.RecoveryPointFile),
        CleanedEnd = Checkpoint(OffsetCheckpoint.CleanerFile),
        IsClean = IsClosedCleanly,
    };

    public IReadOnlyList<GoldenLogFile> Files =>
        [.. GoldenLogs.Files.Where(file => file.Folder == Path)];

    /// <summary>The segments one behind the other, as Kafka left them.</summary>
    public byte[] LogBytes =>
        [.. Files.Where(static file => file.IsSegment).SelectMany(static file => file.Bytes)];

    /// <summary>Kafka's producers at this offset; null when it kept none.</summary>
    public byte[]? SnapshotAt(Offset offset) =>
        GoldenLogs.Find($"{Path}/{offset.Value:D20}.snapshot")?.Bytes;

    public IReadOnlyList<EpochStart> EpochStarts =>
        GoldenLogs.Find($"{Path}/{LeaderEpochCheckpoint.FileName}") is { } file
            && LeaderEpochCheckpoint.TryParse(Encoding.UTF8.GetString(file.Bytes), out _) is { } epochs
                ? epochs.Starts
                : [];

    public override string ToString() => Path;

    private Offset Checkpoint(string file) =>
        GoldenLogs.Find($"{DataDirectory}/{file}") is { } found
            && OffsetCheckpoint.TryParse(Encoding.UTF8.GetString(found.Bytes)) is { } offsets
            && !IsBeingDeleted
                ? offsets.FirstOrDefault(pair => pair.Key == Name).Value
                : Offset.Zero;
}
