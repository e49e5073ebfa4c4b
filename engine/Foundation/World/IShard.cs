using System.Collections.Generic;

namespace Testbed.Foundation;

/// <summary>
/// One single-threaded island, and all the engine ever sees of the outside world. Everything the engine owns
/// hangs off exactly one shard; a crash drops the shard with all its queued work and timers, and nothing of
/// the engine runs afterwards. What a dead shard is still asked to do is refused.
/// </summary>
public interface IShard
{
    ShardId Id { get; }

    /// <summary>Monotonic time; the same during one unit of work.</summary>
    Instant Now { get; }

    /// <summary>
    /// The date, in milliseconds since 1970-01-01 UTC. May jump either way: only for timestamps.
    /// </summary>
    long WallMs { get; }

    INetwork Network { get; }

    /// <summary>One disk per log directory, in the order of the settings.</summary>
    IReadOnlyList<IDisk> Disks { get; }

    IBuffers Buffers { get; }

    ITrace Trace { get; }

    /// <summary>The random stream of one named use; the same name gives the same stream.</summary>
    Prng Random(string use);

    /// <summary>
    /// Runs <paramref name="work"/> later on this shard, after what is already queued. Never at once.
    /// </summary>
    void Post(IWork work, long token);

    /// <summary>
    /// Runs <paramref name="work"/> once, at <paramref name="due"/> or as soon after as the shard gets to it.
    /// One timer per component, not per request: see <see cref="DeadlineQueue{T}"/>.
    /// </summary>
    TimerId SetTimer(Instant due, IWork work, long token);

    /// <summary>False when the timer has rung or was cancelled before.</summary>
    bool Cancel(TimerId timer);
}
