using System;

namespace Testbed.Tests.Sim.Logs;

/// <summary>Log and model do not agree, or the log broke.</summary>
internal sealed class LogPromiseBrokenException(string promise) : Exception(promise);
