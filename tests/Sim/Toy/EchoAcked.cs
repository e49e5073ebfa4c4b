using Testbed.Foundation;

namespace Testbed.Tests.Sim;

/// <summary>A client has heard that a server keeps its message.</summary>
internal readonly record struct EchoAcked(NodeId Server, long Id) : ITraceEvent
{
    public string Name => "echo-acked";

    public void Describe(ITraceFields fields)
    {
        fields.Add("server", Server.Value);
        fields.Add("id", Id);
    }
}
