using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using Testbed.Runner;
using Xunit;

namespace Testbed.Tests.Runner;

/// <summary>`testbed` in a process of its own, for what only a process has: signals.</summary>
internal sealed class TestbedProcess : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Task<string> _errors;

    public TestbedProcess(params string[] args)
    {
        var program = Path.Combine(
            AppContext.BaseDirectory, typeof(Program).Assembly.GetName().Name + ".dll");
        var start = new ProcessStartInfo("dotnet", [program, .. args])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Its standard input, left open until the test closes it.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    public async Task<string?> ReadLine() => await _process.StandardOutput.ReadLineAsync().WaitAsync(Limit);

    /// <summary>SIGINT, SIGTERM.</summary>
    public void Signal(PosixSignal signal)
    {
        var number = signal switch
        {
            PosixSignal.SIGINT => 2,
            PosixSignal.SIGTERM => 15,
            _ => throw new ArgumentOutOfRangeException(nameof(signal)),
        };
        Assert.Equal(0, kill(_process.Id, number));
    }

    /// <summary>Waits for the end: the exit code, and all that went to standard error.</summary>
    public async Task<(int ExitCode, string Errors)> End()
    {
        await _process.WaitForExitAsync().WaitAsync(Limit);
        return (_process.ExitCode, await _errors.WaitAsync(Limit));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }
        _process.Dispose();
    }

    [DllImport("libc")]
    private static extern int kill(int processId, int signal);
}
