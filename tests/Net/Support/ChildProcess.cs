using System;
using System.Diagnostics;
using System.Threading.Tasks;

namespace Testbed.Tests.Net;

/// <summary>This test assembly, run in another process in one of the roles of Program.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;

    public ChildProcess(params ReadOnlySpan<string> role)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath ?? "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        foreach (var word in role)
        {
            start.ArgumentList.Add(word);
        }
        _process = Process.Start(start)!;
    }

    public int Id => _process.Id;

    public Task<string?> ReadLine() => Deadline.Of(_process.StandardOutput.ReadLineAsync());

    /// <summary>Ends its input and waits for it to end; its exit code and all it wrote.</summary>
    public async Task<(int ExitCode, string Output)> Finish()
    {
        _process.StandardInput.Close();
        var output = await Deadline.Of(_process.StandardOutput.ReadToEndAsync());
        var errors = await Deadline.Of(_process.StandardError.ReadToEndAsync());
        await Deadline.Of(_process.WaitForExitAsync());
        return (_process.ExitCode, output + errors);
    }

    public async Task Kill()
    {
        _process.Kill();
        await Deadline.Of(_process.WaitForExitAsync());
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }
        _process.Dispose();
    }
}
