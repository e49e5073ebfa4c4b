using System;
using System.Collections;
using System.Collections.Generic;
using System.Threading;

namespace Testbed.Tests.Net;

/// <summary>
/// Two pieces of three bytes that take 80 ms to fetch, as if the write itself took so long.
/// </summary>
internal sealed class SlowPieces : IReadOnlyList<ReadOnlyMemory<byte>>
{
    public int Count => 2;

    public ReadOnlyMemory<byte> this[int index]
    {
        get
        {
            Thread.Sleep(80);
            return new byte[3];
        }
    }

    public IEnumerator<ReadOnlyMemory<byte>> GetEnumerator() => throw new NotSupportedException();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
