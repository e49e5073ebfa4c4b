namespace Testbed.Compression;

/// <summary>
/// How the records of a batch are packed. The values are Kafka's, as they stand in the three lowest bits of a
/// batch's attributes; 5 to 7 are not assigned.
/// </summary>
public enum CompressionCodec
{
    None = 0,
    Gzip = 1,
    Snappy = 2,
    Lz4 = 3,
    Zstd = 4,
}
