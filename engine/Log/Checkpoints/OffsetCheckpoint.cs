using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Kafka's text files of one offset a partition.
///
///     0                      version
///     2                      number of lines that follow
///     topic partition offset
///     topic partition offset
/// </summary>
public static class OffsetCheckpoint
{
    public const string LogStartFile = "log-start-offset-checkpoint";
    public const string RecoveryPointFile = "recovery-point-offset-checkpoint";
    public const string HighWatermarkFile = "replication-offset-checkpoint";
    public const string CleanerFile = "cleaner-offset-checkpoint";
    private const string Version = "0";

    public static string Format(SortedDictionary<TopicPartition, Offset> offsets)
    {
        var text = new StringBuilder();
        text.Append("0\n").Append(offsets.Count).Append('\n');
        foreach (var (partition, offset) in offsets)
        {
            text.Append(partition.Topic).Append(' ').Append(partition.Partition)
                .Append(' ').Append(offset).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>Null when the text is no checkpoint.</summary>
    public static SortedDictionary<TopicPartition, Offset>? TryParse(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length < 2
            || lines[0] != Version
            || !int.TryParse(lines[1], out var count)
            || lines.Length != count + 2)
        {
            return null;
        }
        var invariant = CultureInfo.InvariantCulture;
        var offsets = new SortedDictionary<TopicPartition, Offset>();
        foreach (var line in lines.AsSpan(2))
        {
            var columns = line.Split(' ');
            if (columns.Length != 3
                || !int.TryParse(columns[1], NumberStyles.None, invariant, out var partition)
                || !long.TryParse(columns[2], NumberStyles.None, invariant, out var offset))
            {
                return null;
            }
            offsets[new TopicPartition(columns[0], partition)] = new Offset(offset);
        }
        return offsets;
    }
}
