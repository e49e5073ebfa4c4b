using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// The content of a partition's `leader-epoch-checkpoint`.
/// <code>
/// 0              version
/// 2              number of lines that follow
/// epoch offset   where the epoch begins; both ascend strictly
/// epoch offset
/// </code>
/// Kafka leaves the file empty before the first epoch.
/// </summary>
public static class LeaderEpochCheckpoint
{
    public const string FileName = "leader-epoch-checkpoint";
    private const string Version = "0";

    public static string Format(LeaderEpochs epochs)
    {
        var text = new StringBuilder();
        text.Append("0\n").Append(epochs.Starts.Count).Append('\n');
        foreach (var (epoch, start) in epochs.Starts)
        {
            text.Append(epoch).Append(' ').Append(start).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>
    /// Null, with a problem in words, when the text is no such checkpoint; the epochs are then found by
    /// reading the log.
    /// </summary>
    public static LeaderEpochs? TryParse(string text, out string problem)
    {
        var starts = new List<EpochStart>();
        problem = text.Length == 0 ? string.Empty : Read(text, starts);
        return problem.Length == 0 ? LeaderEpochs.Of(starts) : null;
    }

    private static string Read(string text, List<EpochStart> starts)
    {
        var lines = text.Split('\n');
        if (lines[^1].Length > 0)
        {
            return "the last line has no end";
        }
        if (lines[0] != Version)
        {
            return $"version '{lines[0]}' is not known";
        }
        if (lines.Length < 3
            || !TryNumber(lines[1], int.MaxValue, out var count)
            || count != lines.Length - 3)
        {
            return "the second line is not the number of lines that follow";
        }
        foreach (var line in lines.AsSpan(2, (int)count))
        {
            var columns = line.Split(' ');
            if (columns.Length != 2
                || !TryNumber(columns[0], int.MaxValue, out var epoch)
                || !TryNumber(columns[1], long.MaxValue, out var offset))
            {
                return $"'{line}' is not an epoch and an offset";
            }
            var start = new EpochStart(new LeaderEpoch((int)epoch), new Offset(offset));
            if (starts.Count > 0 && (start.Epoch <= starts[^1].Epoch || start.Start <= starts[^1].Start))
            {
                return $"'{line}' does not come after '{starts[^1].Epoch} {starts[^1].Start}'";
            }
            starts.Add(start);
        }
        return string.Empty;
    }

    private static bool TryNumber(string text, long most, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= most;
}
