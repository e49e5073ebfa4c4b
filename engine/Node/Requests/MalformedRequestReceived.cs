using Testbed.Foundation;
using Testbed.Wire;

namespace Testbed.Node.Requests;

/// <summary>A client sent bytes that are no request; its connection is closed.</summary>
public readonly record struct MalformedRequestReceived(NetworkAddress From, MalformedReason Reason)
    : ITraceEvent
{
    public string Name => "malformed-request-received";

    public void Describe(ITraceFields fields)
    {
        fields.Add("from", From.ToString());
        fields.Add("reason", Reason.ToString());
    }
}
