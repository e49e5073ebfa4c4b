namespace Testbed.Client;

/// <summary>Where records without a key go.</summary>
public enum KeylessPartitions
{
    /// <summary>
    /// All to one partition until a batch is full of them, then to another by chance (KIP-794).
    /// </summary>
    Sticky,

    /// <summary>To one partition after the other.</summary>
    RoundRobin,
}
