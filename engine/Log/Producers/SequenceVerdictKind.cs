namespace Testbed.Log;

/// <summary>What may become of a batch by its producer's sequence numbers.</summary>
public enum SequenceVerdictKind
{
    /// <summary>It is the next one, or nothing is known that speaks against it.</summary>
    Append,

    /// <summary>It was stored before: answer success with the offset it got then.</summary>
    Duplicate,

    /// <summary>Records are missing before it (OUT_OF_ORDER_SEQUENCE_NUMBER).</summary>
    OutOfOrder,

    /// <summary>A newer producer with this id has written here (INVALID_PRODUCER_EPOCH).</summary>
    StaleEpoch,
}
