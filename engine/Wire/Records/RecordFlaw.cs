namespace Testbed.Wire.Records;

/// <summary>Why a single record of an otherwise good batch is refused.</summary>
internal enum RecordFlaw
{
    None = 0,

    /// <summary>A compacted topic keeps the last value of each key.</summary>
    NullKey,

    /// <summary>The create time is too far from the broker's clock.</summary>
    TimestampOutOfRange,

    /// <summary>The batch claims the broker's clock, and there is no create time to fall back to.</summary>
    TimestampTypeSet,
}
