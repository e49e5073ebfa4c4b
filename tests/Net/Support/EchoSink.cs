using System;
using System.Threading.Tasks;
using Testbed.Foundation;

namespace Testbed.Tests.Net;

/// <summary>
/// One echoing connection. Receives into leases and sends the same ones: no byte is copied.
/// </summary>
internal sealed class EchoSink(IShard shard, IConnection connection, int bufferBytes, long unsentMax)
    : IConnectionSink
{
    private readonly TaskCompletionSource<CloseReason> _closed =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Lease? _receiving;

    public Task<CloseReason> Closed => _closed.Task;

    public IConnection Connection => connection;

    public int Received { get; private set; }

    public long UnsentPeak { get; private set; }

    public int Pauses { get; private set; }

    public Memory<byte> ReceiveBuffer()
    {
        Invariant.Assert(!_closed.Task.IsCompleted);
        _receiving ??= shard.Buffers.Rent(bufferBytes);
        return _receiving.Memory[..bufferBytes];
    }

    public void OnReceived(int count)
    {
        Received++;
        connection.Send(_receiving!, 0, count);
        _receiving = null;
        UnsentPeak = Math.Max(UnsentPeak, connection.UnsentBytes);
        if (connection.UnsentBytes > unsentMax)
        {
            Pauses++;
            connection.PauseReading();
        }
    }

    public void OnDrained()
    {
        Invariant.Assert(connection.UnsentBytes == 0);
        connection.ResumeReading();
    }

    public void OnClosed(CloseReason reason)
    {
        Invariant.Assert(connection.UnsentBytes == 0);
        _receiving?.Release();
        _receiving = null;
        _closed.SetResult(reason);    // throws when told twice
    }
}
