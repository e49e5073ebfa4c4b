using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Testbed.Tests.Fence;

/// <summary>Rules about files as such.</summary>
internal static class FileRules
{
    private static readonly string[] Extensions =
    [
        ".cs", ".csproj", ".props", ".targets", ".sln", ".md", ".txt", ".json", ".js", ".mjs", ".py", ".sh",
        ".properties", ".gz", ".bin", ".editorconfig", ".gitattributes", ".gitignore",
    ];

    private const string Entry = ".ci/run";

    private const UnixFileMode Executable =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public static IEnumerable<string> Kinds(TidyFile file) =>
        file.Path == Entry || Extensions.Contains(Path.GetExtension(file.Path))
            ? []
            : [file.At(1, "is of a kind that the project does not have")];

    public static IEnumerable<string> ExecutableBits(TidyFile file) =>
        OperatingSystem.IsWindows() ? [] : Bits(file, File.GetUnixFileMode(Repository.Path(file.Path)));

    /// <summary>
    /// A script starts with the line that names its interpreter, and nothing else is executable.
    /// </summary>
    public static IEnumerable<string> Bits(TidyFile file, UnixFileMode mode)
    {
        var isExecutable = (mode & Executable) != UnixFileMode.None;
        return (isExecutable, file.Text.StartsWith("#!")) switch
        {
            (true, false) => [file.At(1, "is executable and no script")],
            (false, true) => [file.At(1, "is a script without its executable bit")],
            _ => [],
        };
    }
}
