using System;
using System.Buffers.Binary;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Whether bytes read back from a file are the batch that was written there. Nothing the header says is
/// believed before it has been compared with what must be, or the checksum has vouched for it.
/// </summary>
internal static class BatchCheck
{
    private const int LengthOverhead = 12;
    private const int MagicPosition = 16;
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
        return SizeFor(LengthField(bytes));
    }

    /// <summary>Size of a batch with this length field; 0 when it cannot be.</summary>
    public static long SizeFor(int lengthField)
    {
        var size = (long)lengthField + LengthOverhead;
        return size is >= StoredBatch.HeaderBytes and <= Limits.StoredBatchMaxBytes ? size : 0;
    }

    /// <summary>The header's batchLength, at least 12 bytes being there.</summary>
    public static int LengthField(ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadInt32BigEndian(bytes[8..]);

    /// <summary>
    /// True when the bytes begin with the header of a batch with this base offset: a size that can be, and
    /// the magic. Neither is covered by the checksum.
    /// </summary>
    public static bool HasHeader(ReadOnlySpan<byte> bytes, Offset expected) =>
        LooksLikeHeader(bytes) && BaseOffset(bytes) == expected;

    /// <summary>
    /// The same for any offset above <paramref name="above"/> that the same segment may hold: offsets in one
    /// differ by less than 2^31.
    /// </summary>
    public static bool HasHeaderAbove(ReadOnlySpan<byte> bytes, Offset above) =>
        LooksLikeHeader(bytes)
        && BaseOffset(bytes) > above
        && BaseOffset(bytes).Value - above.Value <= int.MaxValue;

    /// <summary>
    /// True when the checksum is that of the batch's first <paramref name="size"/> bytes, which are there.
    /// </summary>
    public static bool HasRightCrc(ReadOnlySpan<byte> bytes, long size) =>
        Crc32C.Of(bytes[CrcStart..(int)size]) == StoredBatch.Read(bytes).Crc;

    /// <summary>
    /// True when a whole batch is there, its checksum is right, and it begins where the last one ended. Its
    /// leader epoch is not looked at.
    /// </summary>
    public static bool IsSound(ReadOnlySpan<byte> bytes, Offset expected) =>
        HasHeader(bytes, expected) && IsWhole(bytes);

    /// <summary>The same for a batch anywhere above an offset.</summary>
    public static bool IsSoundAbove(ReadOnlySpan<byte> bytes, Offset above) =>
        HasHeaderAbove(bytes, above) && IsWhole(bytes);

    /// <summary>True when the bytes are one batch and nothing else, with the right checksum.</summary>
    public static bool IsBatch(ReadOnlySpan<byte> bytes) =>
        LooksLikeHeader(bytes) && SizeOf(bytes) == bytes.Length && IsWhole(bytes);

    private static bool LooksLikeHeader(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= StoredBatch.HeaderBytes && bytes[MagicPosition] == Magic && SizeOf(bytes) > 0;

    private static bool IsWhole(ReadOnlySpan<byte> bytes)
    {
        var size = SizeOf(bytes);
        if (size > bytes.Length || !HasRightCrc(bytes, size))
        {
            return false;
        }
        var batch = StoredBatch.Read(bytes);
        return batch.EndOffset > batch.BaseOffset;
    }

    private static Offset BaseOffset(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadInt64BigEndian(bytes));
}
