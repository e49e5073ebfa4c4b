using Testbed.Foundation;

namespace Testbed.Sim.Faults;

/// <summary>A fault has begun.</summary>
public readonly record struct FaultInjected(Fault Fault) : ITraceEvent
{
    public string Name => "fault-injected";

    public void Describe(ITraceFields fields)
    {
        fields.Add("fault", Fault.Id);
        fields.Add("kind", Fault.Kind.ToString());
        fields.Add("target", Fault.Target.Value);
        fields.Add("duration", Fault.DurationMs);
    }
}
