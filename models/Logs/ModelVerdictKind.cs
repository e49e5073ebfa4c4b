namespace Testbed.Models.Logs;

/// <summary>What may become of a batch by its producer's sequences (KIP-98).</summary>
public enum ModelVerdictKind
{
    Append,
    Duplicate,
    OutOfOrder,
    StaleEpoch,
}
