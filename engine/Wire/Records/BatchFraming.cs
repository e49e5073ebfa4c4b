namespace Testbed.Wire.Records;

/// <summary>What stands at the beginning of bytes that should hold record batches.</summary>
public enum BatchFraming
{
    /// <summary>A whole batch of format 2. Its checksum and contents have not been looked at.</summary>
    Whole = 0,

    /// <summary>Fewer bytes than the batch has; none at all is the end.</summary>
    Partial,

    /// <summary>A batch length that no batch can have.</summary>
    LengthTooSmall,

    /// <summary>A whole message set of format 0 or 1, which are not served.</summary>
    Legacy,

    /// <summary>A magic that no release has written.</summary>
    MagicUnknown,
}
