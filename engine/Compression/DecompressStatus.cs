namespace Testbed.Compression;

/// <summary>What became of bytes that a peer says are compressed.</summary>
public enum DecompressStatus
{
    Ok = 0,

    /// <summary>Not a whole stream of the codec: damaged, cut short, or followed by other bytes.</summary>
    Corrupt,

    /// <summary>The stream unpacks to more than the caller allows.</summary>
    TooLarge,

    /// <summary>The codec's system library is not installed (lz4, zstd).</summary>
    Unavailable,
}
