using Testbed.Foundation;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Client;

/// <summary>
/// Gets the producer id from the cluster (InitProducerId), once, and again when the one it has is used up.
/// Tells its listener when there is news.
/// </summary>
internal sealed class IdentitySource
{
    private readonly ClusterClient _cluster;
    private readonly IWork _listener;
    private readonly long _token;
    private readonly Backoff _backoff;
    private bool _isAsking;

    /// <summary>The listener is posted with the token whenever something has changed.</summary>
    public IdentitySource(ClusterClient cluster, IWork listener, long token)
    {
        _cluster = cluster;
        _listener = listener;
        _token = token;
        _backoff = cluster.NewBackoff("client.identity-retry");
    }

    /// <summary>None until the cluster has given one.</summary>
    public ProducerIdentity Current { get; private set; } = ProducerIdentity.None;

    /// <summary>Why the cluster gives none; None while it may.</summary>
    public ErrorCode Refusal { get; private set; }

    /// <summary>Asks, unless that is going on.</summary>
    public void Ask()
    {
        if (!_isAsking && Refusal == ErrorCode.None)
        {
            _isAsking = true;
            _ = AskUntilAnswered();
        }
    }

    /// <summary>The id is of no use any more: the next to need one asks anew.</summary>
    public void Discard(ProducerId id)
    {
        if (Current.Id == id)
        {
            Current = ProducerIdentity.None;
        }
    }

    /// <summary>All who wait have been told of the refusal; whoever comes now may ask again.</summary>
    public void ForgetRefusal() => Refusal = ErrorCode.None;

    private async EngineTask AskUntilAnswered()
    {
        while (!_cluster.IsClosed)
        {
            var error = await AskOnce();
            if (error == ErrorCode.None || !error.IsRetriable())
            {
                Refusal = error;
                break;
            }
            await _cluster.Shard.Delay(_backoff.NextMs());
        }
        _isAsking = false;
        _cluster.Shard.Post(_listener, _token);
    }

    private async EngineTask<ErrorCode> AskOnce()
    {
        var request = new InitProducerIdRequest
        {
            TransactionalId = null,
            TransactionTimeoutMs = int.MaxValue,
        };
        var terms = new RequestTerms(_cluster.Options.RequestTimeoutMs);
        var outcome = await _cluster.SendToAny<InitProducerIdResponse>(request, terms, isRepeatable: true);
        if (!outcome.TryResponse(out var response))
        {
            return outcome.Error;
        }
        if (response.ErrorCode == ErrorCode.None)
        {
            _backoff.Reset();
            Current = new ProducerIdentity(new ProducerId(response.ProducerId), response.ProducerEpoch);
        }
        return response.ErrorCode;
    }
}
