using Testbed.Foundation;

namespace Testbed.Net;

/// <summary>A listener rests for a moment: there was no descriptor or no memory for a connection.</summary>
public readonly record struct AcceptingPaused(int Port, string Reason) : ITraceEvent
{
    public string Name => "accepting-paused";

    public void Describe(ITraceFields fields)
    {
        fields.Add("port", Port);
        fields.Add("reason", Reason);
    }
}
