using System;
using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Tests.Sim;

/// <summary>
/// Has something of everything under way at any time: a connection with traffic, disk operations, workflows,
/// timers and, where asked, timers in a far future.
/// </summary>
internal sealed class BusyClient : IConnectionHost, IConnectionSink, IWork
{
    private readonly IShard _shard;
    private readonly byte[] _buffer = new byte[512];
    private readonly List<byte[]> _ballast = [new byte[10_000]];
    private IConnection? _connection;

    public BusyClient(IShard shard, bool far)
    {
        _shard = shard;
        shard.SetTimer(shard.Now.PlusMs(far ? 1_000_000_000 : 100), this, _ballast.Count);
        _ = Write();
        Connect();
    }

    public bool IsConnected => _connection is not null;

    public void Run(long token) => Connect();

    public IConnectionSink OnOpened(IConnection connection, long token)
    {
        _connection = connection;
        for (var i = 0; i < 10; i++)
        {
            Send(400);
        }
        return this;
    }

    public void OnConnectFailed(long token, CloseReason reason) =>
        _shard.SetTimer(_shard.Now.PlusMs(10), this, 0);

    public Memory<byte> ReceiveBuffer() => _buffer;

    public void OnReceived(int count) => Send(count);

    public void OnDrained()
    {
        // Nothing waits for it.
    }

    public void OnClosed(CloseReason reason) => _shard.SetTimer(_shard.Now.PlusMs(10), this, 0);

    private void Connect() =>
        _shard.Network.Connect(new NetworkAddress("n2", 9092), this, 0, _shard.Now.PlusMs(100_000_000));

    private void Send(int count) => _connection!.Send(_shard.Buffers.Rent(count), 0, count);

    private async EngineTask Write()
    {
        var disk = _shard.Disks[0];
        var opened = await disk.Open("log", OpenMode.CreateEmpty);
        for (long offset = 0; ; offset = (offset + 1_000) % 50_000)
        {
            Invariant.Assert((await disk.Write(opened.File!, offset, [_ballast[0].AsMemory(0, 1_000)])).IsOk);
            Invariant.Assert((await disk.Sync(opened.File!)).IsOk);
        }
    }
}
