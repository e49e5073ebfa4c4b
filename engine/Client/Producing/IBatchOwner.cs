namespace Testbed.Client;

/// <summary>Hears of batches whose fate is known.</summary>
internal interface IBatchOwner
{
    /// <summary>The batch is settled; <paramref name="first"/> is the result of its first record.</summary>
    void OnSettled(ProducerBatch batch, in ProduceResult first);
}
