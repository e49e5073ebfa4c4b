using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using Testbed.Tests.Shared;

namespace Testbed.Tests.Runner;

/// <summary>
/// Apache Kafka's broker and tools, by a launcher named `kafka` that starts and stops brokers too, which the
/// scripts of a released Kafka do not: in KAFKA_HOME, or in a folder `shared/kafka` beside the repository.
/// </summary>
internal static class KafkaPrograms
{
    /// <summary>The launcher; null where there is none.</summary>
    public static string? Launcher { get; } = Find();

    /// <summary>Runs the launcher and gives what it printed. Throws when it fails.</summary>
    public static async Task<string> Run(string input, params string[] args)
    {
        var start = new ProcessStartInfo(Launcher!, args)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException(
                $"kafka {string.Join(' ', args)}: {await output}{await error}");
    }

    private static string? Find()
    {
        var home = RepositoryFolder.Beside("KAFKA_HOME", "kafka");
        var launcher = home is null ? null : Path.GetFullPath(Path.Combine(home, "kafka"));
        return File.Exists(launcher) ? launcher : null;
    }
}
