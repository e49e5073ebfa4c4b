using System;
using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Wire;

namespace Testbed.Tests.Engine.Client;

/// <summary>
/// One connection of a fake broker: takes requests one after the other, as Kafka's brokers do. What has been
/// received is processed even when the client has left meanwhile.
/// </summary>
internal sealed class FakeConnection(
    FakeBroker broker, IShard shard, IConnection connection) : IConnectionSink, IWork
{
    private readonly FrameAssembler _assembler = new(shard.Buffers, Limits.RequestMaxBytes);
    private readonly Queue<byte[]> _frames = new();
    private readonly WireWriter _writer = new(shard.Buffers);
    private bool _isBusy;
    private bool _isClosed;
    private int _correlationId;     // of the request being processed
    private short _version;
    private Reply? _reply;          // what is about to happen

    public Memory<byte> ReceiveBuffer() => _assembler.Room();

    public void OnReceived(int count)
    {
        _assembler.OnReceived(count);
        while (_assembler.TryTake(out var frame))
        {
            _frames.Enqueue(frame.Memory.ToArray());
            frame.Buffer.Release();
        }
        ProcessNext();
    }

    public void OnDrained()
    {
    }

    public void OnClosed(CloseReason reason)
    {
        _isClosed = true;
        _assembler.Release();
    }

    /// <summary>The pause before the reply is over.</summary>
    public void Run(long token)
    {
        Carry(_reply!);
        _isBusy = false;
        ProcessNext();
    }

    private void ProcessNext()
    {
        while (!_isBusy && _frames.TryDequeue(out var frame))
        {
            var reader = new WireReader(frame);
            var header = RequestFrame.ReadHeader(ref reader);
            _correlationId = header.CorrelationId;
            _version = header.RequestApiVersion;
            _reply = broker.Handle(header, ref reader, ref _version);
            if (_reply.DelayMs > 0)
            {
                _isBusy = true;
                shard.SetTimer(shard.Now.PlusMs(_reply.DelayMs), this, 0);
            }
            else
            {
                Carry(_reply);
            }
        }
    }

    private void Carry(Reply reply)
    {
        var response = reply.Make();
        if (_isClosed)
        {
            return;
        }
        if (reply.Closes)
        {
            connection.Close(CloseReason.Local);
        }
        else if (reply.Bytes is { } bytes)
        {
            _writer.WriteRaw(bytes);
        }
        else if (response is not null)
        {
            ResponseFrame.Write(_writer, _correlationId, response, _version);
        }
        _writer.SendTo(connection);
        _writer.Release();
    }
}
