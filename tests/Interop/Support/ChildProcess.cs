using System;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Testbed.Tests.Interop;

/// <summary>
/// A process that a test started: what it prints, byte for byte, and how it ends. Disposing kills it, with
/// the processes it started in turn, and no others.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan DyingLimit = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly CapturedOutput _output = new();
    private readonly CapturedOutput _errors = new();
    private readonly Stopwatch _since = Stopwatch.StartNew();
    private readonly Task _ended;

    private ChildProcess(CommandLine command, Process process)
    {
        Command = command;
        _process = process;
        _ended = Task.WhenAll(
            _output.Read(process.StandardOutput.BaseStream),
            _errors.Read(process.StandardError.BaseStream),
            process.WaitForExitAsync());
    }

    public CommandLine Command { get; }

    public int Id => _process.Id;

    public string ErrorText => Encoding.UTF8.GetString(_errors.Bytes());

    public string OutputText => Encoding.UTF8.GetString(_output.Bytes());

    public Stream Input => _process.StandardInput.BaseStream;

    public static ChildProcess Start(CommandLine command)
    {
        var start = new ProcessStartInfo(command.Program, command.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }
        return new ChildProcess(command, Process.Start(start)!);
    }

    /// <summary>
    /// Waits until the process has printed this many whole lines. False when it ended or the time passed
    /// before.
    /// </summary>
    public Task<bool> Prints(int lineCount, TimeSpan within) => _output.HasLines(lineCount, within);

    /// <summary>Waits for the end. False when the time passed before.</summary>
    public async Task<bool> Ends(TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within);
        try
        {
            await _ended.WaitAsync(limit.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public void Signal(UnixSignal signal)
    {
        if (!_process.HasExited)
        {
            UnixSignals.Send(_process.Id, signal);
        }
    }

    /// <summary>Everything about a process that has ended.</summary>
    public ClientRun Result() =>
        new(Command, _process.ExitCode, _output.Bytes(), ErrorText, _since.Elapsed);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }
        await Ends(DyingLimit);
        _process.Dispose();
    }
}
