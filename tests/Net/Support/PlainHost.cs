using System;
using System.Threading.Tasks;
using Testbed.Foundation;

namespace Testbed.Tests.Net;

/// <summary>Takes one connection, accepted or asked for, and remembers what happens to it.</summary>
internal sealed class PlainHost(int bufferBytes = 4096) : IConnectionHost, IConnectionSink
{
    private readonly TaskCompletionSource<IConnection> _opened = Source<IConnection>();
    private readonly TaskCompletionSource<CloseReason> _closed = Source<CloseReason>();
    private readonly TaskCompletionSource<CloseReason> _failed = Source<CloseReason>();
    private readonly byte[] _buffer = new byte[bufferBytes];

    public Task<IConnection> Opened => _opened.Task;

    public Task<CloseReason> Closed => _closed.Task;

    public Task<CloseReason> Failed => _failed.Task;

    public long Token { get; private set; } = -1;

    public long ReceivedBytes { get; private set; }

    public int Drains { get; private set; }

    public IConnectionSink OnOpened(IConnection connection, long token)
    {
        Token = token;
        _opened.SetResult(connection);
        return this;
    }

    public void OnConnectFailed(long token, CloseReason reason)
    {
        Token = token;
        _failed.SetResult(reason);
    }

    public Memory<byte> ReceiveBuffer() => _buffer;

    public void OnReceived(int count)
    {
        Invariant.Assert(count > 0 && !_closed.Task.IsCompleted);
        ReceivedBytes += count;
    }

    public void OnDrained()
    {
        Invariant.Assert(!_closed.Task.IsCompleted);
        Drains++;
    }

    public void OnClosed(CloseReason reason) => _closed.SetResult(reason);

    private static TaskCompletionSource<T> Source<T>() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);
}
