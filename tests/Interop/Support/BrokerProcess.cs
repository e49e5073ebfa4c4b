using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace Testbed.Tests.Interop;

/// <summary>
/// One `testbed start` as a process of its own, on a port of 127.0.0.1 that was free. It can be stopped,
/// killed and started again on the same directory and port. Disposing ends it and removes its directory.
/// </summary>
internal sealed partial class BrokerProcess : IAsyncDisposable
{
    private const int StartAttempts = 10;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();
    private readonly string[] _settings;
    private readonly List<string> _earlierLogs = [];
    private ChildProcess? _process;

    private BrokerProcess(string[] settings) => _settings = settings;

    public int Port { get; private set; }

    public string ClusterId { get; private set; } = "";

    public string Bootstrap => $"127.0.0.1:{Port}";

    /// <summary>The log directory.</summary>
    public string Directory => _folder.Inside("data");

    public int ProcessId => _process!.Id;

    /// <summary>Everything the broker has said on its error stream, through all its lives.</summary>
    public string Log => string.Concat(_earlierLogs) + _process?.ErrorText;

    /// <param name="settings">Settings besides the listener and the directory, as name=value.</param>
    public static async Task<BrokerProcess> Start(params string[] settings)
    {
        var broker = new BrokerProcess(settings);
        try
        {
            await broker.Restart();
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it again after <see cref="Stop"/> or <see cref="Kill"/>, on the port it had.</summary>
    public async Task Restart()
    {
        for (var attempt = 1; ; attempt++)
        {
            var process = ChildProcess.Start(TestbedProgram.Start(
                [$"listeners=PLAINTEXT://127.0.0.1:{Port}", $"log.dirs={Directory}", .. _settings]));
            _process = process;
            if (await process.Prints(1, StartLimit))
            {
                ReadAnnouncement(process.OutputText);
                return;
            }
            var log = process.ErrorText;
            await Forget();
            // Another program may hold the port for a moment: it is one of those that connections are given.
            Assert.True(
                attempt < StartAttempts && Port != 0 && log.Contains("is in use by another program"),
                $"the broker does not start: {log}");
            await Task.Delay(TimeSpan.FromMilliseconds(100 * attempt));
        }
    }

    /// <summary>SIGTERM. The exit code and the time it took.</summary>
    /// <param name="limit">How long it may take, where that is more than half a minute.</param>
    public async Task<(int ExitCode, TimeSpan Took)> Stop(TimeSpan? limit = null)
    {
        var since = DateTime.UtcNow;
        _process!.Signal(UnixSignal.Terminate);
        Assert.True(await _process.Ends(limit ?? StopLimit), $"the broker does not stop: {Log}");
        var took = DateTime.UtcNow - since;
        var exitCode = _process.Result().ExitCode;
        await Forget();
        return (exitCode, took);
    }

    /// <summary>SIGKILL: the process ends between two instructions.</summary>
    public async Task Kill()
    {
        _process!.Signal(UnixSignal.Kill);
        Assert.True(await _process.Ends(StopLimit), "the broker outlives a SIGKILL");
        await Forget();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await Forget();
        }
        _folder.Dispose();
    }

    private async Task Forget()
    {
        var process = _process!;
        _process = null;
        await process.DisposeAsync();
        _earlierLogs.Add(process.ErrorText);
    }

    private void ReadAnnouncement(string text)
    {
        var match = Announcement().Match(text);
        Assert.True(match.Success, $"the broker announces itself in other words: {text}");
        ClusterId = match.Groups["cluster"].Value;
        Port = int.Parse(match.Groups["port"].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(
        "^broker [0-9]+ of cluster (?<cluster>[A-Za-z0-9_-]{22}) "
            + "serves PLAINTEXT://127.0.0.1:(?<port>[0-9]+), ",
        RegexOptions.ExplicitCapture,
        10_000)]
    private static partial Regex Announcement();
}
