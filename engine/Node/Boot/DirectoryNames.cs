using System;
using System.Globalization;
using System.Text;
using Testbed.Foundation;

namespace Testbed.Node.Boot;

/// <summary>How the directories in a log directory are called.</summary>
/// <remarks>
/// <code>
///   topic-7                        a partition
///   topic-7.UUID-delete            deleted; its files go soon
///   topic-7.UUID-stray             of no partition that is known; kept for people to look at
/// </code>
/// The topic's name is cut where the whole would be too long for a file system.
/// </remarks>
internal static class DirectoryNames
{
    private const string Deleted = "-delete";
    private const string Stray = "-stray";

    public static string OfDeleted(string directory, Uuid unique) => Aside(directory, unique, Deleted);

    public static string OfStray(string directory, Uuid unique) => Aside(directory, unique, Stray);

    public static bool IsDeleted(string directory) => directory.EndsWith(Deleted, StringComparison.Ordinal);

    /// <summary>Whether it is called like a partition: topic-7.</summary>
    public static bool TryParse(string directory, out TopicPartition partition)
    {
        partition = default;
        var dash = directory.LastIndexOf('-');
        if (dash > 0 && int.TryParse(
            directory.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            partition = new TopicPartition(directory[..dash], index);
        }
        return dash > 0 && partition.ToString() == directory;
    }

    private static string Aside(string directory, Uuid unique, string kind)
    {
        var suffix = $".{unique}{kind}";
        var kept = Math.Min(directory.Length, Limits.FileNameMaxBytes - Encoding.UTF8.GetByteCount(suffix));
        return directory[..kept] + suffix;
    }
}
