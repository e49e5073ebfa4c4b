using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Tests.Net;

/// <summary>Answers with random amounts, pauses, resumes and closes at random.</summary>
internal sealed class StormHost(IShard shard, Prng chance) : IConnectionHost
{
    public IShard Shard => shard;

    public Prng Chance => chance;

    public int Opened { get; private set; }

    public int Open { get; private set; }

    public SortedDictionary<CloseReason, int> ClosedBy { get; } = [];

    /// <summary>The last connection has been heard: nobody waits to be accepted before it.</summary>
    public bool IsQuiet { get; set; }

    public IConnectionSink OnOpened(IConnection connection, long token)
    {
        Opened++;
        Open++;
        return new StormSink(this, connection);
    }

    public void OnConnectFailed(long token, CloseReason reason) => Invariant.Assert(false);

    public void OnClosed(CloseReason reason)
    {
        Open--;
        ClosedBy[reason] = ClosedBy.GetValueOrDefault(reason) + 1;
    }
}
