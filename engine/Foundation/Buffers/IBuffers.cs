namespace Testbed.Foundation;

/// <summary>Where the engine gets byte buffers. One per shard, never shared between shards.</summary>
public interface IBuffers
{
    /// <summary>
    /// A buffer of at least <paramref name="sizeBytes"/> bytes, held once; its contents are undefined.
    /// </summary>
    Lease Rent(int sizeBytes);

    /// <summary>Buffers rented and not yet released: zero when nothing leaks.</summary>
    int OutstandingCount { get; }
}
