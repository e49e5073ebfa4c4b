namespace Testbed.Foundation;

/// <summary>
/// The one seam for what the engine has to tell: oracles, the trace hash, metrics and logs all listen here.
/// Nothing in the engine may depend on who listens.
/// </summary>
public interface ITrace
{
    /// <summary>False when nobody listens: then an event need not even be made.</summary>
    bool IsListening { get; }

    void Emit<T>(in T happened)
        where T : struct, ITraceEvent;

    /// <summary>
    /// A rare branch was reached. A sweep of simulated runs that never reaches a required mark fails.
    /// </summary>
    void Mark(string name);
}
