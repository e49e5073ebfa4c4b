using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>A fresh incarnation of the node begins, the first being number 1.</summary>
public readonly record struct NodeStarted(int Incarnation) : ITraceEvent
{
    public string Name => "node-started";

    public void Describe(ITraceFields fields) => fields.Add("incarnation", Incarnation);
}
