using System;
using System.Buffers.Binary;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>Whether bytes read back from a file are the batch that was written there.</summary>
internal static class BatchCheck
{
    private const int LengthOverhead = 12;
    private const int CrcStart = 21;
    private const byte Magic = 2;

    /// <summary>
    /// Size the batch at the front claims, in bytes; 0 when not even its length is there, or the claim cannot
    /// be.
    /// </summary>
    public static long SizeOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < LengthOverhead)
        {
            return 0;
        }
        var size = (long)BinaryPrimitives.ReadInt32BigEndian(bytes[8..]) + LengthOverhead;
        return size >= StoredBatch.HeaderBytes ? size : 0;
    }

    /// <summary>
    /// True when a whole batch is there, its checksum is right, and it begins where the last one ended. Base
    /// offset, epoch and magic lie outside the checksum, so they are compared with what must be.
    /// </summary>
    public static bool IsSound(ReadOnlySpan<byte> bytes, Offset expected)
    {
        var size = SizeOf(bytes);
        if (size == 0 || size > bytes.Length)
        {
            return false;
        }
        var batch = StoredBatch.Read(bytes);
        return bytes[16] == Magic
            && batch.BaseOffset == expected
            && batch.EndOffset > expected
            && batch.Epoch.Value >= 0
            && Crc32C.Of(bytes[CrcStart..(int)size]) == batch.Crc;
    }
}
