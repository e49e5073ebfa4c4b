using Testbed.Foundation;

namespace Testbed.Tests.Sim;

/// <summary>A server that starts has found a message in its log.</summary>
internal readonly record struct EchoFound(long Id) : ITraceEvent
{
    public string Name => "echo-found";

    public void Describe(ITraceFields fields) => fields.Add("id", Id);
}
