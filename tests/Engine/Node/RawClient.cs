using System;
using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Tests.Engine.Node;

/// <summary>A client that sends bytes as it is told and keeps the frames that come back.</summary>
internal sealed class RawClient : IConnectionHost, IConnectionSink
{
    private readonly IShard _shard;
    private readonly FrameAssembler _frames;
    private IConnection? _connection;

    public RawClient(IShard shard, NetworkAddress broker)
    {
        _shard = shard;
        _frames = new FrameAssembler(shard.Buffers, int.MaxValue);
        shard.Network.Connect(broker, this, 0, shard.Now.PlusMs(5_000));
    }

    /// <summary>Answers in the order they came, without their length.</summary>
    public List<byte[]> Answers { get; } = [];

    public bool IsOpen => _connection is not null && Closed is null;

    public CloseReason? Closed { get; private set; }

    /// <summary>When false, nothing that comes is read.</summary>
    public bool IsReading
    {
        set
        {
            if (value)
            {
                _connection!.ResumeReading();
            }
            else
            {
                _connection!.PauseReading();
            }
        }
    }

    public IConnectionSink OnOpened(IConnection connection, long token)
    {
        _connection = connection;
        return this;
    }

    public void OnConnectFailed(long token, CloseReason reason) => Closed = reason;

    public Memory<byte> ReceiveBuffer() => _frames.Room();

    public void OnReceived(int count)
    {
        _frames.OnReceived(count);
        while (_frames.TryTake(out var frame))
        {
            Answers.Add(frame.Memory.ToArray());
            frame.Buffer.Release();
        }
    }

    public void OnDrained()
    {
    }

    public void OnClosed(CloseReason reason) => Closed = reason;

    public void Send(byte[] bytes)
    {
        var lease = _shard.Buffers.Rent(bytes.Length);
        bytes.CopyTo(lease.Span);
        _connection!.Send(lease, 0, bytes.Length);
    }

    public void Send(IRequest request, short version, int correlationId)
    {
        var writer = new WireWriter(_shard.Buffers);
        RequestFrame.Write(
            writer, new RequestHeader { CorrelationId = correlationId, ClientId = "raw" }, request, version);
        Send(writer.Written.ToArray());
        writer.Release();
    }

    public int CorrelationIdOf(int answer)
    {
        var reader = new WireReader(Answers[answer]);
        return reader.ReadInt32();
    }

    public TResponse Read<TResponse>(int answer, short version)
        where TResponse : class, IResponse<TResponse>
    {
        var reader = new WireReader(Answers[answer]);
        ResponseFrame.ReadHeader(ref reader, TResponse.Api, version);
        return TResponse.Read(ref reader, version);
    }
}
