using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace Testbed.Runner;

/// <summary>
/// Ctrl-C and SIGTERM as a token, for commands that have something to finish. The first one asks the command
/// to end and gives it all the time that takes; the second ends the process at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    // Never disposed: a signal may come while everything else ends.
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private int _signalCount;    // handlers of two signals may run at once

    public Interruption()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
    }

    private void OnSignal(PosixSignalContext signal)
    {
        if (Interlocked.Increment(ref _signalCount) == 1)
        {
            signal.Cancel = true;    // the signal's own effect: the process ends
            _source.Cancel();
        }
    }
}
