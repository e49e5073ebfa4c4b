using Testbed.Foundation;

namespace Testbed.Client;

/// <summary>
/// Producer id and epoch (KIP-98). The id comes from the cluster; the epoch is moved on by the producer
/// itself, one partition at a time, whenever that partition's sequence has to start anew (KIP-360).
/// </summary>
public readonly record struct ProducerIdentity(ProducerId Id, short Epoch)
{
    public static ProducerIdentity None => new(ProducerId.None, -1);

    public bool IsNone => Id.IsNone;

    public bool HasNextEpoch => !IsNone && Epoch < short.MaxValue;

    public ProducerIdentity NextEpoch() => this with { Epoch = (short)(Epoch + 1) };
}
