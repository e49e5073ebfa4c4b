using System.Collections.Generic;
using System.Linq;
using Testbed.Node.Settings;

namespace Testbed.Node.Boot;

/// <summary>
/// Decides, from what the log directories say of themselves, which cluster and node this is. Directories that
/// contradict each other or the settings are refused before anything is written.
/// </summary>
public static class DirectoryIdentity
{
    /// <summary>
    /// Null when everything fits; otherwise one sentence that names the setting and the fix. An entry is null
    /// for a directory without meta.properties, which is new.
    /// </summary>
    public static string? Problem(
        NodeSettings settings, IReadOnlyList<string> directories, IReadOnlyList<MetaProperties?> found)
    {
        for (var i = 0; i < found.Count; i++)
        {
            if (found[i] is not { } meta)
            {
                continue;
            }
            if (settings.ClusterId is { } wanted && meta.ClusterId != wanted)
            {
                return $"log.dirs: {directories[i]} belongs to cluster {meta.ClusterId}, "
                    + $"but cluster.id is {wanted}; "
                    + "set cluster.id to the directory's or use another directory";
            }
            if (meta.NodeId != settings.NodeId)
            {
                return $"log.dirs: {directories[i]} belongs to node {meta.NodeId}, "
                    + $"but node.id is {settings.NodeId}; "
                    + "set node.id to the directory's or use another directory";
            }
        }
        return Contradiction(directories, found);
    }

    /// <summary>
    /// The cluster the directories belong to, else the one that is set; null for a new cluster.
    /// </summary>
    public static string? ClusterId(NodeSettings settings, IReadOnlyList<MetaProperties?> found) =>
        found.FirstOrDefault(static meta => meta is not null)?.ClusterId ?? settings.ClusterId;

    private static string? Contradiction(
        IReadOnlyList<string> directories, IReadOnlyList<MetaProperties?> found)
    {
        for (var i = 0; i < found.Count; i++)
        {
            for (var j = i + 1; j < found.Count; j++)
            {
                if (found[i] is not { } one || found[j] is not { } other)
                {
                    continue;
                }
                if (one.ClusterId != other.ClusterId)
                {
                    return $"log.dirs: {directories[i]} belongs to cluster {one.ClusterId} "
                        + $"and {directories[j]} to cluster {other.ClusterId}; "
                        + "name only directories of one cluster";
                }
                if (one.DirectoryId == other.DirectoryId)
                {
                    return $"log.dirs: {directories[i]} and {directories[j]} have the same directory.id; "
                        + "one is a copy of the other, name only one of them";
                }
            }
        }
        return null;
    }
}
