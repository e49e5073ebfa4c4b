using System;
using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Tests.Engine.Wire;

/// <summary>A connection that sends nothing until told, and then says what it sent.</summary>
public sealed class HoldingConnection : IConnection
{
    private readonly List<(Lease? Lease, int Start, int Count, FileRange Range)> _queue = [];

    public NetworkAddress Remote => default;

    public long UnsentBytes => throw new NotSupportedException();

    public void Send(Lease lease, int start, int count) => _queue.Add((lease, start, count, default));

    public void SendFile(FileRange range) => _queue.Add((null, 0, 0, range));

    /// <summary>Hex of bytes, and the place of file ranges, in order.</summary>
    public IReadOnlyList<string> Drain()
    {
        var sent = new List<string>();
        foreach (var (lease, start, count, range) in _queue)
        {
            sent.Add(lease is null
                ? $"{range.Offset}+{range.Count}"
                : Convert.ToHexString(lease.Span.Slice(start, count)));
            lease?.Release();
        }
        _queue.Clear();
        return sent;
    }

    public void PauseReading() => throw new NotSupportedException();

    public void ResumeReading() => throw new NotSupportedException();

    public void Close(CloseReason reason) => throw new NotSupportedException();
}
