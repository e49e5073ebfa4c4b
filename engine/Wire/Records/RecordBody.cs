using System;
using Testbed.Compression;

namespace Testbed.Wire.Records;

/// <summary>The records of a batch, unpacked where they are packed.</summary>
public static class RecordBody
{
    /// <summary>
    /// Sets <paramref name="records"/> to the unpacked records: the batch's own bytes, or those of
    /// <paramref name="scratch"/>, which is cleared and filled with <paramref name="maxBytes"/> at most.
    /// Unavailable also means that the batch names a codec that does not exist.
    /// </summary>
    public static DecompressStatus Open(
        RecordBatch batch, ByteBuffer scratch, int maxBytes, out ReadOnlySpan<byte> records)
    {
        records = default;
        if (!batch.Attributes.TryGetCodec(out var codec))
        {
            return DecompressStatus.Unavailable;
        }
        if (codec == CompressionCodec.None)
        {
            records = batch.Body;
            return DecompressStatus.Ok;
        }
        scratch.Clear();
        var status = Codecs.Decompress(codec, batch.Body, scratch, maxBytes);
        records = scratch.Written;
        return status;
    }
}
