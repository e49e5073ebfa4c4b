using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading.Tasks;
using Xunit;

namespace Testbed.Tests.Sim;

/// <summary>This assembly as a program in a process of its own.</summary>
internal static class OtherProcess
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>
    /// The lines it prints under these environment variables (NAME=VALUE); it must end well, and in time.
    /// </summary>
    public static async Task<IReadOnlyList<string>> Run(string[] arguments, params string[] settings)
    {
        using var process = Process.Start(Start(arguments, settings))!;
        try
        {
            // Both pipes are read at once: a process that fills one waits for its reader for ever.
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            await Task.WhenAll(output, errors, process.WaitForExitAsync()).WaitAsync(Limit);
            Assert.True(process.ExitCode == 0, await errors);
            return (await output).Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    private static ProcessStartInfo Start(string[] arguments, string[] settings)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(typeof(Program).Assembly.Location);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
        foreach (var setting in settings)
        {
            start.Environment[setting[..setting.IndexOf('=')]] = setting[(setting.IndexOf('=') + 1)..];
        }
        return start;
    }
}
