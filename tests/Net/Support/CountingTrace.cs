using System.Collections.Generic;
using System.Threading.Tasks;
using Testbed.Foundation;

namespace Testbed.Tests.Net;

/// <summary>Counts marks and events by name. Written on the shard's thread, read from any.</summary>
internal sealed class CountingTrace : ITrace
{
    private readonly Dictionary<string, int> _counts = [];    // locked
    private string _awaited = "";                             // locked
    private int _awaitedCount;                                // locked
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsListening => true;

    public void Emit<T>(in T happened)
        where T : struct, ITraceEvent => Mark(happened.Name);

    public void Mark(string name)
    {
        lock (_counts)
        {
            _counts[name] = CountOf(name) + 1;
            TellIfReached();
        }
    }

    public int CountOf(string name)
    {
        lock (_counts)
        {
            return _counts.GetValueOrDefault(name);
        }
    }

    /// <summary>Done when a name has come so often. Once per trace.</summary>
    public Task Reached(string name, int count)
    {
        lock (_counts)
        {
            (_awaited, _awaitedCount) = (name, count);
            TellIfReached();
        }
        return _reached.Task;
    }

    private void TellIfReached()
    {
        if (_awaited.Length > 0 && CountOf(_awaited) >= _awaitedCount)
        {
            _reached.TrySetResult();
        }
    }
}
