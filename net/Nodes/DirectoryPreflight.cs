using System;
using System.Collections.Generic;
using System.IO;
using Testbed.Node.Boot;
using Testbed.Node.Settings;

namespace Testbed.Net;

/// <summary>
/// Looks at the log directories before anything is started or written: whether they can be used, whether they
/// belong together and to this node.
/// </summary>
internal static class DirectoryPreflight
{
    /// <summary>Null when all is well; otherwise one sentence that names the setting and the fix.</summary>
    public static string? Problem(NodeSettings settings)
    {
        var found = new List<MetaProperties?>();
        var seen = new List<string>();
        foreach (var directory in settings.LogDirectories)
        {
            var problem = OverlapProblem(directory, seen)
                ?? AccessProblem(directory)
                ?? ReadMeta(directory, found);
            if (problem is not null)
            {
                return problem;
            }
        }
        return DirectoryIdentity.Problem(settings, settings.LogDirectories, found);
    }

    public static string InUse(string directory, int ownerProcessId)
    {
        var owner = ownerProcessId == 0 ? "another process" : $"process {ownerProcessId}";
        return $"log.dirs: {directory} is in use by {owner}; stop it or use another directory";
    }

    /// <summary>Two names of one directory, or one directory within another.</summary>
    private static string? OverlapProblem(string directory, List<string> seen)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        path += Path.DirectorySeparatorChar;
        foreach (var other in seen)
        {
            if (path.StartsWith(other, StringComparison.Ordinal)
                || other.StartsWith(path, StringComparison.Ordinal))
            {
                return $"log.dirs: {directory} is, or lies in, another of the directories; "
                    + "name directories that are apart";
            }
        }
        seen.Add(path);
        return null;
    }

    private static string? AccessProblem(string directory)
    {
        if (File.Exists(directory))
        {
            return $"log.dirs: {directory} is a file; name a directory";
        }
        var existing = Path.GetFullPath(directory);
        while (!Directory.Exists(existing))
        {
            if (File.Exists(existing))
            {
                return $"log.dirs: {directory} lies below {existing}, which is a file; "
                    + "name another directory";
            }
            existing = Path.GetDirectoryName(existing)!;
        }
        return DirectoryAccess.IsWritable(existing)
            ? null
            : $"log.dirs: {existing} cannot be written by this user; "
                + "change its permissions or name another directory";
    }

    private static string? ReadMeta(string directory, List<MetaProperties?> found)
    {
        var path = Path.Combine(directory, MetaProperties.FileName);
        if (!File.Exists(path))
        {
            found.Add(null);
            return null;
        }
        try
        {
            var meta = MetaProperties.TryParse(File.ReadAllText(path), out var problem);
            found.Add(meta);
            return problem.Length == 0 ? null : $"log.dirs: {path} cannot be used: {problem}";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"log.dirs: {path} cannot be read: {error.Message}";
        }
    }
}
