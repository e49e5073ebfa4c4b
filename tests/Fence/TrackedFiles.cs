using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace Testbed.Tests.Fence;

/// <summary>
/// The files that belong to the project: what git tracks or would track. Where there is no git, or no
/// repository, every file outside the folders that builds and tools write to.
/// </summary>
internal static class TrackedFiles
{
    private static readonly string[] Written =
        [
            ".git", "artifacts", "bin", "obj", "data", "node_modules", ".vs", ".idea", "TestResults",
            "BenchmarkDotNet.Artifacts",
        ];

    /// <summary>Paths from the root with '/' between the parts, in ordinal order.</summary>
    public static IReadOnlyList<string> All { get; } = List(Repository.Root);

    public static IReadOnlyList<string> List(string root) =>
        [.. (FromGit(root) ?? FromFolders(root)).Order(StringComparer.Ordinal)];

    /// <summary>Null when git cannot answer.</summary>
    public static IReadOnlyList<string>? FromGit(string root)
    {
        string[] arguments = ["-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"];
        var start = new ProcessStartInfo("git", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            using var git = Process.Start(start)!;
            git.ErrorDataReceived += (_, _) => { };
            git.BeginErrorReadLine();
            var output = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            var files = output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Distinct();
            return git.ExitCode == 0
                ? files.Where(file => File.Exists(Path.Combine(root, file))).ToList()
                : null;
        }
        catch (Win32Exception)
        {
            return null;    // no git on this machine
        }
    }

    public static IReadOnlyList<string> FromFolders(string root) =>
        Walk(new DirectoryInfo(root))
            .Select(file => Path.GetRelativePath(root, file.FullName).Replace('\\', '/'))
            .ToList();

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder) =>
        folder.EnumerateFiles().Concat(
            folder.EnumerateDirectories().Where(inner => !Written.Contains(inner.Name)).SelectMany(Walk));
}
