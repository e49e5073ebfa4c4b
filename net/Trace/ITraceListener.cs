using Testbed.Foundation;

namespace Testbed.Net;

/// <summary>
/// Hears what a real shard has to tell: a log, metrics. Called on the shard's thread; must not call the
/// engine.
/// </summary>
public interface ITraceListener
{
    void OnEvent<T>(in T happened)
        where T : struct, ITraceEvent;

    void OnMark(string name);
}
