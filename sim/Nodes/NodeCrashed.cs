using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// The node's incarnation is gone, with <paramref name="DroppedEvents"/> units of work that it had waiting.
/// Incarnation 0 means that only its machine lost power: the process was down already.
/// </summary>
public readonly record struct NodeCrashed(int Incarnation, CrashKind Kind, int DroppedEvents) : ITraceEvent
{
    public string Name => "node-crashed";

    public void Describe(ITraceFields fields)
    {
        fields.Add("incarnation", Incarnation);
        fields.Add("kind", CrashNames.Of(Kind));
        fields.Add("dropped", DroppedEvents);
    }
}
