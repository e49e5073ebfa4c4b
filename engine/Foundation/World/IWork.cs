namespace Testbed.Foundation;

/// <summary>
/// Something a shard runs later: one reusable object and a number, instead of a closure per call.
/// </summary>
public interface IWork
{
    void Run(long token);
}
