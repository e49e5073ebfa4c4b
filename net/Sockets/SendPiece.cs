using System;
using System.Runtime.InteropServices;
using Testbed.Foundation;

namespace Testbed.Net;

/// <summary>
/// Bytes queued on a connection: <see cref="Count"/> of them, at least one, from <see cref="Start"/> of a
/// lease or of a file, exactly one of which is there. The piece holds what it names until it is let go.
/// </summary>
internal readonly record struct SendPiece(Lease? Lease, LogFile? File, long Start, int Count)
{
    /// <summary>The bytes of the lease from <paramref name="skip"/> on.</summary>
    public ArraySegment<byte> BytesFrom(int skip)
    {
        Invariant.Assert(Lease is not null);
        var isArray = MemoryMarshal.TryGetArray<byte>(Lease.Memory, out var whole);
        Invariant.Assert(isArray);
        return whole.Slice((int)Start + skip, Count - skip);
    }

    public void LetGo()
    {
        Lease?.Release();
        File?.EndSend();
    }
}
