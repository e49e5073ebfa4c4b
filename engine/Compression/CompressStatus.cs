namespace Testbed.Compression;

/// <summary>What became of bytes that were to be compressed.</summary>
public enum CompressStatus
{
    Ok = 0,

    /// <summary>The codec's system library is not installed (lz4, zstd).</summary>
    Unavailable,
}
