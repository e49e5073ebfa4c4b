using System;
using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Client;

/// <summary>
/// One open connection to a broker: writes requests, and gives each answer to the oldest request, as answers
/// come in the order of requests. An answer that cannot be read, or that is another's, ends the channel.
/// </summary>
/// <remarks>
/// <code>
///   state   entered by                                    requests  answers  left by
///   open    opening                                       written   read     Close, the peer, wrong bytes
///   ended   Close, wrong bytes (OnClosed is still to come) none      ignored  OnClosed
///   closed  OnClosed                                      none      none     -
/// </code>
/// </remarks>
internal sealed class BrokerChannel : IConnectionSink
{
    private readonly IConnection _connection;
    private readonly IChannelOwner _owner;
    private readonly ConnectionOptions _options;
    private readonly Queue<PendingRequest> _inFlight = new();    // sent and not answered, oldest first
    private readonly FrameAssembler _assembler;
    private readonly WireWriter _writer;
    private int _nextCorrelationId;
    private bool _isEnded;

    public BrokerChannel(IShard shard, IConnection connection, IChannelOwner owner, ConnectionOptions options)
    {
        _connection = connection;
        _owner = owner;
        _options = options;
        _assembler = new FrameAssembler(shard.Buffers, options.AnswerBytesMax);
        _writer = new WireWriter(shard.Buffers);
    }

    public bool HasRoom => !_isEnded && _inFlight.Count < _options.InFlightMax
        && _connection.UnsentBytes < _options.UnsentBytesMax;

    public void Send(PendingRequest request, short version)
    {
        Invariant.Assert(!_isEnded);
        Invariant.Assert(!request.IsSent);
        request.Version = version;
        request.CorrelationId = _nextCorrelationId;
        _nextCorrelationId = (_nextCorrelationId + 1) & int.MaxValue;
        Write(request);
        if (!request.Terms.HasNoAnswer)
        {
            _inFlight.Enqueue(request);
        }
    }

    /// <summary>Takes the oldest request that has no answer; false when there is none.</summary>
    public bool TryTakeUnanswered(out PendingRequest request) => _inFlight.TryDequeue(out request!);

    /// <summary>Ends the channel now; its owner hears of it within this call.</summary>
    public void Close(CloseReason reason)
    {
        if (!_isEnded)
        {
            _connection.Close(reason);
            End(reason);
        }
    }

    public Memory<byte> ReceiveBuffer() => _assembler.Room();

    public void OnReceived(int count)
    {
        _assembler.OnReceived(count);
        try
        {
            while (!_isEnded && _assembler.TryTake(out var frame))
            {
                TakeAnswer(frame);
            }
        }
        catch (MalformedMessageException)
        {
            Close(CloseReason.Malformed);
        }
    }

    public void OnDrained()
    {
        if (!_isEnded)
        {
            _owner.OnDrained();
        }
    }

    public void OnClosed(CloseReason reason)
    {
        _assembler.Release();
        if (!_isEnded)
        {
            End(reason);
        }
    }

    private void End(CloseReason reason)
    {
        _isEnded = true;
        _owner.OnEnded(this, reason);
    }

    private void Write(PendingRequest request)
    {
        var header =
            new RequestHeader { CorrelationId = request.CorrelationId, ClientId = _options.ClientId };
        RequestFrame.Write(_writer, header, request.Request, request.Version);
        _writer.SendTo(_connection);
        _writer.Release();
    }

    /// <summary>
    /// The answer is copied out of the shared buffer: whoever gets it may keep its byte fields. A request
    /// that has been given up meanwhile has ended the channel with it.
    /// </summary>
    private void TakeAnswer(Frame frame)
    {
        var bytes = frame.Memory.ToArray();
        frame.Buffer.Release();
        if (!_inFlight.TryPeek(out var request))
        {
            Close(CloseReason.Malformed);
            return;
        }
        var reader = new WireReader(bytes);
        var header = ResponseFrame.ReadHeader(ref reader, request.Request.ApiKey, request.Version);
        if (header.CorrelationId != request.CorrelationId)
        {
            Close(CloseReason.Malformed);
            return;
        }
        request.Read(ref reader);
        _inFlight.Dequeue();
        request.Finish();
        _owner.OnAnswered(request);
    }
}
