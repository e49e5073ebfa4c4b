using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Client;

/// <summary>
/// The way to one broker: opens a connection when there is something to send, learns the broker's versions,
/// sends requests in order, several at a time, and connects again after a loss. All failures are values.
/// </summary>
/// <remarks>
/// <code>
///   state        requests  left by
///   idle         wait      a request, once the pause after a failure is over -> connecting
///   connecting   wait      opened -> asking; failed -> idle
///   asking       wait      versions known -> ready; ended, refused or too late -> idle
///   ready        are sent  ended -> idle
///   closed       fail      -
/// </code>
/// Whenever it falls back to idle, everything asked of it fails, sent or not: nothing is sent behind a
/// request that was lost before it, so order is never turned round.
/// </remarks>
public sealed class BrokerConnection :
    IConnectionHost, IChannelOwner, IVersionsListener, IDeadlineSink<PendingRequest>, IWork
{
    private readonly IShard _shard;
    private readonly ConnectionOptions _options;
    private readonly Queue<PendingRequest> _waiting = new();    // in order; may hold some timed out
    private readonly DeadlineQueue<PendingRequest> _deadlines;
    private readonly Backoff _backoff;
    private State _state = State.Idle;
    private long _attempt;            // token of the newest attempt to connect
    private BrokerChannel? _channel;  // while asking or ready
    private Instant _mayConnectAt;    // not before, after a failure
    private TimerId _retryTimer;
    private bool _isRetryArmed;

    public BrokerConnection(IShard shard, NetworkAddress address, ConnectionOptions options)
    {
        _shard = shard;
        _options = options;
        Address = address;
        _deadlines = new DeadlineQueue<PendingRequest>(shard, this);
        _backoff = new Backoff(
            shard.Random("client.reconnect"), options.ReconnectBackoffMs, options.ReconnectBackoffMaxMs);
    }

    private enum State
    {
        Idle,
        Connecting,
        Asking,
        Ready,
        Closed,
    }

    public NetworkAddress Address { get; }

    /// <summary>
    /// What the broker serves; null until it has said so on the connection that is open now.
    /// </summary>
    public BrokerVersions? Versions { get; private set; }

    /// <summary>Why the last attempt or connection failed; null while all is well.</summary>
    public CloseReason? LastFailure { get; private set; }

    /// <summary>True when nothing is asked of it.</summary>
    public bool IsUnused => _deadlines.Count == 0;

    /// <summary>
    /// Sends a request in the newest version that both sides have. Completes with the answer or a failure, by
    /// the deadline at the latest.
    /// </summary>
    public EngineOp<RequestOutcome<TResponse>> Send<TResponse>(IRequest request, RequestTerms terms)
        where TResponse : class, IResponse<TResponse>
    {
        Invariant.Assert(request.ApiKey == TResponse.Api);
        Invariant.Assert(terms.TimeoutMs > 0);
        var call = new PendingCall<TResponse>(_shard, request, terms);
        if (_state == State.Closed)
        {
            call.Fail(RequestStatus.Closed, CloseReason.Local);
        }
        else if (_waiting.Count >= _options.WaitingMax)
        {
            call.Fail(RequestStatus.QueueFull, default);
        }
        else
        {
            call.Deadline = _deadlines.Add(_shard.Now.PlusMs(terms.TimeoutMs), call);
            _waiting.Enqueue(call);
            Pump();
        }
        return call.Done;
    }

    /// <summary>Ends the connection for good; what was asked of it fails with the reason Local.</summary>
    public void Close()
    {
        if (_state == State.Closed)
        {
            return;
        }
        var channel = _channel;
        FallBack(CloseReason.Local);
        _state = State.Closed;
        if (_isRetryArmed)
        {
            _shard.Cancel(_retryTimer);
        }
        channel?.Close(CloseReason.Local);
    }

    IConnectionSink IConnectionHost.OnOpened(IConnection connection, long token)
    {
        var channel = new BrokerChannel(_shard, connection, this, _options);
        if (_state != State.Connecting || token != _attempt)
        {
            channel.Close(CloseReason.Local);
            return channel;
        }
        _channel = channel;
        _state = State.Asking;
        AskVersions(ApiCatalogue.Of(ApiKey.ApiVersions).HighestStableVersion);
        return channel;
    }

    void IConnectionHost.OnConnectFailed(long token, CloseReason reason)
    {
        if (_state == State.Connecting && token == _attempt)
        {
            FallBack(reason);
        }
    }

    void IChannelOwner.OnAnswered(PendingRequest request)
    {
        _deadlines.Remove(request.Deadline);
        if (_state == State.Ready && request is not VersionsQuestion)
        {
            _backoff.Reset();
            LastFailure = null;
        }
        Pump();
    }

    void IChannelOwner.OnDrained() => Pump();

    void IChannelOwner.OnEnded(BrokerChannel channel, CloseReason reason)
    {
        if (ReferenceEquals(channel, _channel))
        {
            FallBack(reason);
        }
    }

    void IVersionsListener.OnVersions(ApiVersionsResponse response, short askedVersion)
    {
        if (response.ErrorCode == ErrorCode.None)
        {
            Versions = new BrokerVersions(response);
            _state = State.Ready;
        }
        else if (response.ErrorCode == ErrorCode.UnsupportedVersion && askedVersion > 0)
        {
            _shard.Trace.Mark("client.versions-fallback");
            var older = (short)(askedVersion - 1);
            var isTold = new BrokerVersions(response).TryPick(ApiKey.ApiVersions, older, out var next);
            AskVersions(isTold ? next : (short)0);
        }
        else
        {
            _channel!.Close(CloseReason.Local);
        }
    }

    /// <summary>
    /// A request that was sent is not given up alone: its answer would hold up those behind it anyway, and a
    /// peer that does not answer is best left.
    /// </summary>
    void IDeadlineSink<PendingRequest>.OnDeadline(PendingRequest row)
    {
        var wasSent = row.IsSent;
        row.Fail(RequestStatus.TimedOut, default);
        if (wasSent)
        {
            _channel!.Close(CloseReason.Timeout);
        }
    }

    /// <summary>The pause after a failure is over.</summary>
    void IWork.Run(long token)
    {
        _isRetryArmed = false;
        Pump();
    }

    private void Pump()
    {
        DropTimedOut();
        if (_waiting.Count == 0)
        {
            return;
        }
        if (_state == State.Idle)
        {
            ConnectOrWait();
        }
        while (_state == State.Ready && _channel!.HasRoom && _waiting.TryDequeue(out var request))
        {
            SendNow(request);
            DropTimedOut();
        }
    }

    private void DropTimedOut()
    {
        while (_waiting.TryPeek(out var request) && request.IsDone)
        {
            _waiting.Dequeue();
        }
    }

    private void SendNow(PendingRequest request)
    {
        if (!Versions!.TryPick(request.Request.ApiKey, request.Terms.VersionMax, out var version)
            || version < request.Terms.VersionMin)
        {
            _deadlines.Remove(request.Deadline);
            request.Fail(RequestStatus.Unsupported, default);
            return;
        }
        _channel!.Send(request, version);
        if (request.Terms.HasNoAnswer)
        {
            _deadlines.Remove(request.Deadline);
            request.Finish();
        }
    }

    private void ConnectOrWait()
    {
        if (_shard.Now >= _mayConnectAt)
        {
            _state = State.Connecting;
            _attempt++;
            _shard.Network.Connect(Address, this, _attempt, _shard.Now.PlusMs(_options.SetupTimeoutMs));
        }
        else if (!_isRetryArmed)
        {
            _isRetryArmed = true;
            _retryTimer = _shard.SetTimer(_mayConnectAt, this, 0);
        }
    }

    private void AskVersions(short version)
    {
        var request = new ApiVersionsRequest
        {
            ClientSoftwareName = _options.SoftwareName,
            ClientSoftwareVersion = _options.SoftwareVersion,
        };
        var question = new VersionsQuestion(request, new RequestTerms(_options.SetupTimeoutMs), this);
        question.Deadline = _deadlines.Add(_shard.Now.PlusMs(_options.SetupTimeoutMs), question);
        _channel!.Send(question, version);
    }

    /// <summary>The connection or the attempt is over: so is everything asked of it, oldest first.</summary>
    private void FallBack(CloseReason reason)
    {
        var channel = _channel;
        _channel = null;
        Versions = null;
        LastFailure = reason;
        _state = State.Idle;
        _mayConnectAt = _shard.Now.PlusMs(_backoff.NextMs());
        while (channel is not null && channel.TryTakeUnanswered(out var request))
        {
            FailClosed(request, reason);
        }
        while (_waiting.TryDequeue(out var request))
        {
            FailClosed(request, reason);
        }
    }

    private void FailClosed(PendingRequest request, CloseReason reason)
    {
        if (!request.IsDone)
        {
            _deadlines.Remove(request.Deadline);
            request.Fail(RequestStatus.Closed, reason);
        }
    }
}
