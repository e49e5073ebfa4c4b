using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// Watches a run and knows one promise. Told every fact that nodes and the world report, in order; reports a
/// broken promise by <see cref="World.Fail"/>, which ends the run after the unit of work that broke it.
/// </summary>
public interface IOracle
{
    /// <summary>
    /// A fact of <paramref name="node"/> at <paramref name="time"/> of the world. Facts about the node itself
    /// (<see cref="NodeStarted"/>, <see cref="NodeCrashed"/>) come the same way.
    /// </summary>
    void OnTrace(World world, NodeId node, Instant time, ITraceEvent happened);
}
