using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// The client's side of a connection stands; <paramref name="Ordinal"/> counts those to this node.
/// </summary>
internal readonly record struct ConnectionOpened(NodeId To, long Ordinal) : ITraceEvent
{
    public string Name => ".connection-opened";

    public void Describe(ITraceFields fields)
    {
        fields.Add("to", To.Value);
        fields.Add("ordinal", Ordinal);
    }
}
