using System;
using System.Globalization;
using System.IO;
using System.Linq;
using Xunit;

namespace Testbed.Tests.Runner;

/// <summary>
/// A test that sends SIGINT to a process it starts: skipped where that signal is ignored, which children
/// inherit. Shells do so to what they run in the background.
/// </summary>
internal sealed class InterruptFactAttribute : FactAttribute
{
    private const string Status = "/proc/self/status";
    private const string Ignored = "SigIgn:";
    private const ulong Interrupt = 1 << (2 - 1);

    public InterruptFactAttribute()
    {
        if (IsIgnored())
        {
            Skip = "SIGINT is ignored here: run the tests in the foreground";
        }
    }

    private static bool IsIgnored()
    {
        var line = File.Exists(Status)
            ? File.ReadLines(Status)
                .FirstOrDefault(static entry => entry.StartsWith(Ignored, StringComparison.Ordinal))
            : null;
        return line is not null
            && (ulong.Parse(line[Ignored.Length..].Trim(), NumberStyles.HexNumber, null) & Interrupt) != 0;
    }
}
