using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Testbed.Node.Boot;
using Testbed.Node.Controller;
using Testbed.Node.Settings;

namespace Testbed.Net;

/// <summary>
/// Looks at the log directories before anything is started or written: whether they can be used, whether they
/// belong together and to this node. A node starts without those that cannot be read or written, as long as
/// the cluster's metadata is in another.
/// </summary>
internal sealed class DirectoryPreflight(NodeSettings settings)
{
    private readonly List<string> _usable = [];
    private readonly List<MetaProperties?> _found = [];    // of the usable ones
    private readonly SortedDictionary<string, string> _refused = new(StringComparer.Ordinal);

    /// <summary>The directories to start with, in the order of the settings.</summary>
    public IReadOnlyList<string> Usable => _usable;

    /// <summary>The other directories, and why each cannot be used, for people.</summary>
    public IReadOnlyDictionary<string, string> Refused => _refused;

    /// <summary>Null when all is well; otherwise one sentence that names the setting and the fix.</summary>
    public string? Run()
    {
        var seen = new List<string>();
        foreach (var directory in settings.LogDirectories)
        {
            if ((OverlapProblem(directory, seen) ?? FileProblem(directory) ?? Look(directory)) is { } problem)
            {
                return problem;
            }
        }
        return DirectoryIdentity.Problem(settings, _usable, _found) ?? MissingMetadata();
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

    /// <summary>No directory and nothing that one can be made of.</summary>
    private static string? FileProblem(string directory)
    {
        if (File.Exists(directory))
        {
            return $"log.dirs: {directory} is a file; name a directory";
        }
        var existing = Existing(directory);
        return File.Exists(existing)
            ? $"log.dirs: {directory} lies below {existing}, which is a file; name another directory"
            : null;
    }

    /// <summary>The directory itself, or what is there of the way to it.</summary>
    private static string Existing(string directory)
    {
        var existing = Path.GetFullPath(directory);
        while (!Path.Exists(existing))
        {
            existing = Path.GetDirectoryName(existing)!;
        }
        return existing;
    }

    /// <summary>Takes or refuses the directory. Null unless what it says of itself makes no sense.</summary>
    private string? Look(string directory)
    {
        var existing = Existing(directory);
        if (!DirectoryAccess.IsWritable(existing))
        {
            _refused[directory] = $"{existing} cannot be written by this user; "
                + "change its permissions or name another directory";
            return null;
        }
        var path = Path.Combine(directory, MetaProperties.FileName);
        MetaProperties? meta = null;
        var problem = "";
        try
        {
            meta = File.Exists(path) ? MetaProperties.TryParse(File.ReadAllText(path), out problem) : null;
        }
        catch (Exception error) when (DiskFailures.IsFailure(error))
        {
            _refused[directory] = $"{path} cannot be read: {error.Message}";
            return null;
        }
        _usable.Add(directory);
        _found.Add(meta);
        return problem.Length == 0 ? null : $"log.dirs: {path} cannot be used: {problem}";
    }

    /// <summary>
    /// Only a directory that can be used counts; and no cluster is founded beside one that may be an older
    /// cluster's.
    /// </summary>
    private string? MissingMetadata() =>
        _refused.Count == 0 || _usable.Exists(HasMetadata) ? null : $"log.dirs: {_refused.First().Value}";

    private static bool HasMetadata(string directory) =>
        Directory.Exists(Path.Combine(directory, MetadataLog.Directory));
}
