using System.Diagnostics.CodeAnalysis;

namespace Testbed.Foundation;

/// <summary>What all engine awaiters share.</summary>
internal static class EngineAwaiting
{
    /// <summary>
    /// Only builders that know frames may resume them: a delegate would run outside the shard's queue.
    /// </summary>
    [DoesNotReturn]
    public static void Refuse() =>
        throw new InvariantException("an engine operation is awaited only in an EngineTask method");
}
