using Testbed.Foundation;

namespace Testbed.Net;

/// <summary>
/// The trace of a real node: goes to one listener, set before the shard starts or on its thread, and nowhere
/// while there is none.
/// </summary>
public sealed class RealTrace : ITrace
{
    public ITraceListener? Listener { get; set; }

    public bool IsListening => Listener is not null;

    public void Emit<T>(in T happened)
        where T : struct, ITraceEvent => Listener?.OnEvent(in happened);

    public void Mark(string name) => Listener?.OnMark(name);
}
