using System;

namespace Testbed.Tests.Sim.Logs;

/// <summary>The node crashed while something was waited for; nothing is wrong with that.</summary>
internal sealed class LogCrashedException : Exception;
