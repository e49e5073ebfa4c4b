using Testbed.Foundation;
using Testbed.Wire;

namespace Testbed.Client;

/// <summary>
/// A client's view of one cluster: finds the leaders of partitions, keeps a connection per broker and lane,
/// and sends requests to a broker, to the controller or to anybody. Producers, consumers and admins share
/// one, or have their own.
/// </summary>
public sealed class ClusterClient
{
    private readonly ConnectionPool _pool;
    private readonly BrokerChoice _brokers;
    private readonly MetadataUpdater _updater;

    public ClusterClient(IShard shard, ClusterOptions options)
    {
        Shard = shard;
        Options = options;
        _pool = new ConnectionPool(shard, options.Connections);
        _brokers = new BrokerChoice(Metadata, options.Bootstrap, shard.Random("client.bootstrap"));
        _updater = new MetadataUpdater(shard, options, _pool, Metadata, _brokers);
    }

    public IShard Shard { get; }

    public ClusterOptions Options { get; }

    public MetadataCache Metadata { get; } = new();

    /// <summary>Why no broker could be reached for metadata the last time; null when one could.</summary>
    public CloseReason? LastFailure => _updater.LastFailure;

    public bool IsClosed { get; private set; }

    /// <summary>
    /// The leader of a partition: at once when it is known, otherwise as soon as a broker tells it. At the
    /// deadline it is the error that was in the way: of the partition, or of asking.
    /// </summary>
    public async EngineTask<LeaderLookup> FindLeader(TopicPartition partition, Instant deadline)
    {
        while (true)
        {
            var known = KnownLeader(partition);
            if (!await ShouldLookAgain(known.Error, deadline))
            {
                return known.IsFound ? known : LeaderLookup.Failed(Explain(known.Error));
            }
        }
    }

    /// <summary>The topic with its partitions; waits and fails as <see cref="FindLeader"/> does.</summary>
    public async EngineTask<TopicLookup> FindTopic(string topic, Instant deadline)
    {
        Metadata.Want(topic);
        while (true)
        {
            var known = Metadata.TopicOf(topic);
            if (!await ShouldLookAgain(known.Error, deadline))
            {
                return known.IsFound ? known : new TopicLookup(Explain(known.Error), null);
            }
        }
    }

    /// <summary>
    /// The leader as it is known now, without asking anybody; old metadata is renewed meanwhile.
    /// </summary>
    public LeaderLookup KnownLeader(TopicPartition partition)
    {
        Metadata.Want(partition.Topic);
        if (Metadata.UpdatedAt is { } at && Shard.Now.MsSince(at) >= Options.MetadataMaxAgeMs)
        {
            _ = Refresh(Shard.Now);
        }
        return Metadata.LeaderOf(partition);
    }

    /// <summary>
    /// Has brokers asked for metadata, unless that is going on. Completes with true when there may be news,
    /// with false at the deadline.
    /// </summary>
    public EngineOp<bool> Refresh(Instant deadline) => _updater.Refresh(deadline);

    /// <summary>What is known of the topic has led to an error.</summary>
    public void MarkStale(string topic) => Metadata.MarkStale(topic);

    /// <summary>
    /// A broker that refused has said who leads the partition (KIP-951). False when that is not news, or of
    /// no use.
    /// </summary>
    internal bool TryLearnLeader(
        TopicPartition partition, NodeId leader, LeaderEpoch epoch, NetworkAddress? address) =>
        Metadata.TryLearnLeader(partition, leader, epoch, address);

    /// <summary>Pauses between attempts at one thing; the use names the stream of the jitter.</summary>
    internal Backoff NewBackoff(string use) =>
        new(Shard.Random(use), Options.RetryBackoffMs, Options.RetryBackoffMaxMs);

    /// <summary>One request to one broker. A broker that is not known counts as unreachable.</summary>
    public EngineOp<RequestOutcome<TResponse>> Send<TResponse>(
        NodeId node, IRequest request, RequestTerms terms, ConnectionLane lane = ConnectionLane.Prompt)
        where TResponse : class, IResponse<TResponse>
    {
        if (!IsClosed && Metadata.TryAddress(node, out var address))
        {
            return _pool.Get(address, lane).Send<TResponse>(request, terms);
        }
        var failed = new EngineOp<RequestOutcome<TResponse>>(Shard);
        var reason = IsClosed ? CloseReason.Local : CloseReason.Unreachable;
        failed.Complete(RequestOutcome<TResponse>.Failed(RequestStatus.Closed, reason: reason));
        return failed;
    }

    /// <summary>
    /// A request to any broker. Goes from one to the next, and round again, until one has answered or the
    /// time is up. A request that may have reached a broker goes to another only if it <paramref
    /// name="isRepeatable"/>.
    /// </summary>
    public async EngineTask<RequestOutcome<TResponse>> SendToAny<TResponse>(
        IRequest request, RequestTerms terms, bool isRepeatable)
        where TResponse : class, IResponse<TResponse>
    {
        var deadline = Shard.Now.PlusMs(terms.TimeoutMs);
        var attemptMs = isRepeatable ? Options.RequestTimeoutMs : terms.TimeoutMs;
        var failure = RequestOutcome<TResponse>.Failed(RequestStatus.TimedOut);
        while (true)
        {
            var leftMs = deadline.MsSince(Shard.Now);
            if (IsClosed || leftMs <= 0)
            {
                return IsClosed
                    ? RequestOutcome<TResponse>.Failed(RequestStatus.Closed, reason: CloseReason.Local)
                    : failure;
            }
            var connection = _pool.Get(_brokers.Current(), ConnectionLane.Prompt);
            var outcome = await connection.Send<TResponse>(
                request, terms with { TimeoutMs = long.Min(leftMs, attemptMs) });
            if (!outcome.HasFailed || (outcome.WasSent && !isRepeatable))
            {
                _brokers.OnAnswered();
                return outcome;
            }
            // Why there is no connection says more than that the pause before the next attempt was too long.
            failure = outcome.Status == RequestStatus.Closed || outcome.WasSent ? outcome : failure;
            if (_brokers.OnFailed())
            {
                if (deadline.MsSince(Shard.Now) <= Options.RetryBackoffMs)
                {
                    return failure;
                }
                await Shard.Delay(Options.RetryBackoffMs);
            }
        }
    }

    /// <summary>
    /// A request to the broker that takes those for the controller, or to any while it is not known: in a
    /// KRaft cluster all pass them on.
    /// </summary>
    public async EngineTask<RequestOutcome<TResponse>> SendToController<TResponse>(
        IRequest request, RequestTerms terms)
        where TResponse : class, IResponse<TResponse>
    {
        var deadline = Shard.Now.PlusMs(terms.TimeoutMs);
        if (Metadata.UpdatedAt is null)
        {
            await Refresh(deadline);
        }
        if (Metadata.TryAddress(Metadata.Controller, out _))
        {
            var outcome = await Send<TResponse>(Metadata.Controller, request, terms);
            if (!outcome.HasFailed || outcome.WasSent)
            {
                return outcome;
            }
        }
        return await SendToAny<TResponse>(
            request, terms with { TimeoutMs = deadline.MsSince(Shard.Now) }, isRepeatable: false);
    }

    /// <summary>Closes all connections; whatever is asked of this client fails from now on.</summary>
    public void Close()
    {
        if (!IsClosed)
        {
            IsClosed = true;
            _updater.Close();
            _pool.CloseAll();
        }
    }

    /// <summary>
    /// False when the answer stands; otherwise waits for news, and is false when there will be none in time.
    /// </summary>
    private async EngineTask<bool> ShouldLookAgain(ErrorCode error, Instant deadline)
    {
        if (error == ErrorCode.None || !error.IsRetriable() || IsClosed)
        {
            return false;
        }
        return await Refresh(deadline) && !IsClosed;
    }

    /// <summary>
    /// Not knowing a leader because no broker could be asked is another error than there being none.
    /// </summary>
    private ErrorCode Explain(ErrorCode error) =>
        error.IsRetriable() && _updater.LastError != ErrorCode.None ? _updater.LastError : error;
}
