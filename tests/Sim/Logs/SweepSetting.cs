using System;
using System.Globalization;

namespace Testbed.Tests.Sim.Logs;

/// <summary>How long a sweep is: what the environment says, or what CI has the time for.</summary>
internal static class SweepSetting
{
    public static ulong Of(string name, ulong usual) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
            ? ulong.Parse(text, CultureInfo.InvariantCulture)
            : usual;
}
