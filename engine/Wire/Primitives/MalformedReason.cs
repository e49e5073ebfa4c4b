namespace Testbed.Wire;

/// <summary>Why bytes are not a message.</summary>
public enum MalformedReason
{
    /// <summary>A value, length or count reaches beyond the bytes that are there.</summary>
    Truncated,

    /// <summary>A length or count below -1.</summary>
    NegativeLength,

    /// <summary>Null where the version allows none.</summary>
    UnexpectedNull,

    /// <summary>A variable-length integer that is longer than its value needs, or than 32 bits.</summary>
    OverlongVarInt,

    /// <summary>A string of more than <see cref="Foundation.Limits.StringMaxBytes"/> bytes.</summary>
    StringTooLong,

    /// <summary>Tag numbers that do not ascend, or one that comes twice.</summary>
    TagOrder,

    /// <summary>A tagged field whose size is not that of its value.</summary>
    TagSize,

    /// <summary>A tagged field that its version does not have.</summary>
    TagNotInVersion,

    /// <summary>A marker that is neither absent nor present.</summary>
    PresenceMarker,

    /// <summary>A frame whose version is not 1.</summary>
    UnknownFrame,

    /// <summary>A record of a type that no schema describes.</summary>
    UnknownType,

    /// <summary>A record in a version that its schema does not have.</summary>
    UnknownVersion,

    /// <summary>An API key or version that the broker cannot even parse the header of.</summary>
    UnknownApi,

    /// <summary>A frame whose length is negative or above the limit.</summary>
    FrameLength,

    /// <summary>Bytes after the end of the message.</summary>
    TrailingBytes,
}
