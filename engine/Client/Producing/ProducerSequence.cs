using Testbed.Foundation;
using Testbed.Wire.Records;

namespace Testbed.Client;

/// <summary>
/// The identity under which one partition's batches are sent, and the next sequence number under it. Does
/// nothing for a producer that is not idempotent.
/// </summary>
internal sealed class ProducerSequence(bool isIdempotent)
{
    /// <summary>Kafka's brokers know the last five batches of a producer when they come again.</summary>
    public const int BatchesRemembered = 5;

    private int _next;             // sequence number of the next batch to be stamped
    private long _stampedCount;    // batches ever stamped

    public ProducerIdentity Identity { get; private set; } = ProducerIdentity.None;

    public bool IsMissing => isIdempotent && Identity.IsNone;

    /// <summary>The producer id that must not be used for this partition again; none at first.</summary>
    public ProducerId UsedUp { get; private set; } = ProducerId.None;

    /// <summary>
    /// False until a batch has been stored under this identity: a broker that knows nothing of an identity
    /// takes any sequence number (KIP-98), so the first batch must arrive first.
    /// </summary>
    public bool IsEstablished { get; private set; } = !isIdempotent;

    /// <summary>
    /// True when another batch may be sent without pushing <paramref name="oldest"/>, whose answer is
    /// missing, out of the broker's memory: it could not be told from a new one then.
    /// </summary>
    public bool HasRoomBehind(ProducerBatch oldest) =>
        !isIdempotent || _stampedCount - oldest.Ordinal < BatchesRemembered;

    public void OnStored() => IsEstablished = true;

    public void Stamp(ProducerBatch batch)
    {
        if (isIdempotent)
        {
            Invariant.Assert(!Identity.IsNone);
            batch.Stamp(Identity, _next, _stampedCount++);
            _next = SequenceNumber.Plus(_next, batch.RecordCount);
        }
    }

    public void Begin(ProducerIdentity identity)
    {
        Invariant.Assert(isIdempotent);
        Invariant.Assert(!identity.IsNone);
        Invariant.Assert(Identity.IsNone || Identity.Id == identity.Id);
        Identity = identity;
        _next = 0;
        IsEstablished = false;
    }

    /// <summary>
    /// Starts the next epoch; when there is none the identity is used up and another must be found.
    /// </summary>
    public void BeginNextEpoch()
    {
        if (Identity.HasNextEpoch)
        {
            Begin(Identity.NextEpoch());
        }
        else
        {
            Drop();
        }
    }

    /// <summary>The identity is of no use any more.</summary>
    public void Drop()
    {
        UsedUp = Identity.Id;
        Identity = ProducerIdentity.None;
    }
}
