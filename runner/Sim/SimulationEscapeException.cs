using System;

namespace Testbed.Runner.Sim;

/// <summary>
/// A simulated run did something that its seed does not decide: it blocked, or it reached the thread pool, a
/// timer or another thread. Such a run cannot be replayed; the message says what happened.
/// </summary>
public sealed class SimulationEscapeException(string message) : Exception(message);
