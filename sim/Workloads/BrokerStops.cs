using Testbed.Foundation;

namespace Testbed.Sim.Workloads;

/// <summary>
/// Stops the broker as a person would; the process ends later, whether or not the stop has come to its end.
/// </summary>
public sealed class BrokerStops : IWork
{
    private Testbed.Node.Node? _node;    // of the incarnation that runs

    internal void OnBooted(Testbed.Node.Node node) => _node = node;

    /// <summary>Of the broker's shard: called as a unit of its work.</summary>
    public void Run(long token) => _ = _node?.Stop();

    /// <summary>Begins to stop the broker, if it runs.</summary>
    public void Begin(SimNode broker) => broker.Shard?.Post(this, 0);

    /// <summary>The process is gone.</summary>
    public void Forget() => _node = null;
}
