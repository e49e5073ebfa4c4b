using Testbed.Foundation;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Client;

/// <summary>
/// Asks brokers for metadata, one question at a time and not too often, and wakes whoever waits for news
/// after each attempt, whatever came of it.
/// </summary>
internal sealed class MetadataUpdater
{
    private const short VersionMin = 4;    // the first that can forbid the creation of topics

    private readonly IShard _shard;
    private readonly ClusterOptions _options;
    private readonly ConnectionPool _pool;
    private readonly MetadataCache _cache;
    private readonly BrokerChoice _brokers;
    private readonly Backoff _backoff;
    private readonly WaitList _waits;
    private Instant _mayAskAt;
    private bool _isAsking;
    private bool _isClosed;

    public MetadataUpdater(
        IShard shard, ClusterOptions options, ConnectionPool pool, MetadataCache cache, BrokerChoice brokers)
    {
        _shard = shard;
        _options = options;
        _pool = pool;
        _cache = cache;
        _brokers = brokers;
        _backoff = new Backoff(
            shard.Random("client.metadata-retry"), options.RetryBackoffMs, options.RetryBackoffMaxMs);
        _waits = new WaitList(shard);
    }

    /// <summary>What came of the last attempt; None before the first.</summary>
    public ErrorCode LastError { get; private set; }

    /// <summary>Why there was no connection the last time that one was tried; null when there was.</summary>
    public CloseReason? LastFailure { get; private set; }

    /// <summary>
    /// Completes with true once an attempt has ended, with false at the deadline. Either way the cache says
    /// what is known.
    /// </summary>
    public EngineOp<bool> Refresh(Instant deadline)
    {
        var wait = _waits.Wait(deadline);
        if (!_isAsking && !_isClosed)
        {
            _isAsking = true;
            _ = AskOnce();
        }
        return wait;
    }

    /// <summary>Wakes all who wait; nothing is asked any more.</summary>
    public void Close()
    {
        _isClosed = true;
        _waits.WakeAll();
    }

    private async EngineTask AskOnce()
    {
        if (_shard.Now < _mayAskAt)
        {
            await _shard.Delay(_mayAskAt.MsSince(_shard.Now) + 1);
        }
        if (!_isClosed)
        {
            var request = _cache.NewQuestion(_options.AllowAutoTopicCreation, out var number);
            var terms = new RequestTerms(_options.MetadataTimeoutMs, VersionMin);
            var connection = _pool.Get(_brokers.Current(), ConnectionLane.Prompt);
            var outcome = await connection.Send<MetadataResponse>(request, terms);
            TakeAnswer(outcome, number);
        }
        _isAsking = false;
        _waits.WakeAll();
    }

    private void TakeAnswer(RequestOutcome<MetadataResponse> outcome, long number)
    {
        if (outcome.Status != RequestStatus.TimedOut || outcome.WasSent)
        {
            LastFailure = outcome.Status == RequestStatus.Closed ? outcome.Reason : null;
        }
        LastError = outcome.TryResponse(out var answer) ? answer.ErrorCode : outcome.Error;
        if (answer is not null && LastError == ErrorCode.None)
        {
            _cache.Apply(answer, number, _shard.Now);
            _brokers.OnAnswered();
            _backoff.Reset();
            _mayAskAt = _shard.Now.PlusMs(_options.RetryBackoffMs);
            _pool.CloseUnusedExcept(_brokers.Candidates());
            return;
        }
        if (LastError == ErrorCode.RebootstrapRequired)
        {
            _cache.ForgetBrokers();
        }
        _mayAskAt = _brokers.OnFailed() ? _shard.Now.PlusMs(_backoff.NextMs()) : _shard.Now;
    }
}
