using System.Runtime.InteropServices;
using Xunit;

namespace Testbed.Tests.Interop;

/// <summary>Numbers of POSIX signals, equal on every system that the tests run on.</summary>
internal enum UnixSignal
{
    Kill = 9,
    Terminate = 15,
}

/// <summary>Sends a signal to a process that a test started.</summary>
internal static partial class UnixSignals
{
    public static void Send(int processId, UnixSignal signal) =>
        Assert.True(SendSignal(processId, (int)signal) == 0, $"no signal reaches process {processId}");

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int processId, int signal);
}
