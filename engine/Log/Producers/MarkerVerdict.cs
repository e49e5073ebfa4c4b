namespace Testbed.Log;

/// <summary>What may become of a transaction marker, by the epochs it carries.</summary>
public enum MarkerVerdict
{
    Append,

    /// <summary>The producer has a newer epoch here (INVALID_PRODUCER_EPOCH).</summary>
    StaleProducerEpoch,

    /// <summary>A newer coordinator has written here (TRANSACTION_COORDINATOR_FENCED).</summary>
    CoordinatorFenced,
}
