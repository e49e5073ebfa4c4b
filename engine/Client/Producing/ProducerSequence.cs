using Testbed.Foundation;
using Testbed.Wire.Records;

namespace Testbed.Client;

/// <summary>
/// The identity under which one partition's batches are sent, and the next sequence number under it. Does
/// nothing for a producer that is not idempotent.
/// </summary>
internal sealed class ProducerSequence(bool isIdempotent)
{
    private int _next;    // of the next batch to be stamped

    public ProducerIdentity Identity { get; private set; } = ProducerIdentity.None;

    public bool IsMissing => isIdempotent && Identity.IsNone;

    /// <summary>The producer id that must not be used for this partition again; none at first.</summary>
    public ProducerId UsedUp { get; private set; } = ProducerId.None;

    /// <summary>
    /// False until a batch has been stored under this identity: a broker that knows nothing of an identity
    /// takes any sequence number (KIP-98), so the first batch must arrive first.
    /// </summary>
    public bool IsEstablished { get; private set; } = !isIdempotent;

    public void OnStored() => IsEstablished = true;

    public void Stamp(ProducerBatch batch)
    {
        if (isIdempotent)
        {
            Invariant.Assert(!Identity.IsNone);
            batch.Stamp(Identity, _next);
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
