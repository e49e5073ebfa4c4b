using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace Testbed.Tests.Interop;

/// <summary>
/// Runs a program as a user whom permissions bind. The superuser is bound by none and gives itself up for
/// `nobody`, where setpriv (of util-linux) is at hand and `nobody` may read the program.
/// </summary>
internal static class UnprivilegedUser
{
    private const string Nobody = "65534";

    /// <summary>Why no such user can be had; null when one can.</summary>
    public static string? Problem { get; } = Find();

    public static CommandLine Command(CommandLine command) =>
        Environment.IsPrivilegedProcess ? AsNobody(command) : command;

    /// <summary>Lets everybody read a folder and what is in it, and nobody write.</summary>
    public static void Forbid(string folder)
    {
        const UnixFileMode Read = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        const UnixFileMode Enter =
            Read | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        var inside = new DirectoryInfo(folder).GetFileSystemInfos("*", SearchOption.AllDirectories);
        foreach (var entry in inside.Prepend(new DirectoryInfo(folder)))
        {
            entry.UnixFileMode = entry is FileInfo ? Read : Enter;
        }
    }

    private static CommandLine AsNobody(CommandLine command) => CommandLine.Of(
        "setpriv",
        ["--reuid", Nobody, "--regid", Nobody, "--clear-groups", command.Program, .. command.Arguments]);

    private static string? Find()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return null;
        }
        var trial = AsNobody(CommandLine.Of("dotnet", TestbedProgram.Assembly, "--help"));
        try
        {
            using var process = Process.Start(new ProcessStartInfo(trial.Program, trial.Arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
                WorkingDirectory = Path.GetTempPath(),
            })!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"user {Nobody} may not run {TestbedProgram.Assembly}";
        }
        catch (Win32Exception)
        {
            return "the superuser may write everywhere, and setpriv is not here (apt-get install util-linux)";
        }
    }
}
