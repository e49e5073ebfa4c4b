using System.Runtime.CompilerServices;

namespace Testbed.Foundation;

/// <summary>
/// What may stand behind `await` in an <see cref="EngineTask"/> method. The builders constrain awaiters to
/// this interface, so awaiting anything else is compile error CS0315.
/// </summary>
public interface IEngineAwaiter : ICriticalNotifyCompletion
{
    /// <summary>
    /// Has <paramref name="frame"/> posted to its shard once what is awaited has completed.
    /// </summary>
    void Park(EngineFrame frame);
}
