using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>A connection will never open.</summary>
internal readonly record struct ConnectFailed(NetworkAddress To, CloseReason Reason) : ITraceEvent
{
    public string Name => ".connect-failed";

    public void Describe(ITraceFields fields)
    {
        fields.Add("host", To.Host);
        fields.Add("port", To.Port);
        fields.Add("reason", (long)Reason);
    }
}
