using System;
using System.Buffers.Binary;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Walks the batches of a file that is shown to it in pieces, and goes on behind what is damaged: there it
/// looks for the next sound batch. Judges size, magic and checksum; what a batch says is for others.
/// </summary>
/// <param name="sizeBytes">Size of the file, or of as much of it as is to be read.</param>
/// <param name="firstOffset">No batch begins below; only counts behind damage.</param>
public sealed class BatchWalk(long sizeBytes, Offset firstOffset)
{
    /// <summary>
    /// Most bytes that a window must have. A larger batch is called no batch: nothing here reads as much at
    /// once, and no broker is set up to take one.
    /// </summary>
    public const int WindowMaxBytes = 64 * 1024 * 1024;

    private const int MagicPosition = 16;
    private const int BatchMaxBytes = WindowMaxBytes - StoredBatch.HeaderBytes;

    private Offset _last = firstOffset - 1;                 // of the sound batches so far
    private long _searchBytes = Limits.DamageScanMaxBytes;  // that may still be checked behind damage

    /// <summary>Where in the file the next step begins.</summary>
    public long Position { get; private set; }

    /// <summary>
    /// The next step. The window shows the file from <see cref="Position"/> on; one that ends before the file
    /// does may be too short.
    /// </summary>
    public WalkStep Next(ReadOnlySpan<byte> window)
    {
        var rest = sizeBytes - Position;
        if (rest == 0)
        {
            return new WalkStep(WalkKind.End, 0);
        }
        if (window.Length < Math.Min(rest, StoredBatch.HeaderBytes))
        {
            return Need(StoredBatch.HeaderBytes, rest);
        }
        var reason = Flaw(window, rest);
        if (reason.Length > 0)
        {
            return Skip(window, rest, reason);
        }
        var size = (int)BatchCheck.SizeOf(window);
        if (window.Length < Math.Min(rest, size + StoredBatch.HeaderBytes))
        {
            return Need(size + StoredBatch.HeaderBytes, rest);
        }
        return BatchCheck.HasRightCrc(window, size) ? Take(window, size) : Damaged(window, size, rest);
    }

    private WalkStep Take(ReadOnlySpan<byte> window, int size)
    {
        _last = StoredBatch.Read(window).EndOffset - 1;
        return Advance(WalkKind.Batch, size, "");
    }

    /// <summary>
    /// The size of a damaged batch is believed where another one, or the end, is behind it.
    /// </summary>
    private WalkStep Damaged(ReadOnlySpan<byte> window, int size, long rest)
    {
        var crc = StoredBatch.Read(window).Crc;
        var reason = $"the checksum {crc} is not that of the batch, {Computed(window[..size])}";
        return size == rest || BatchCheck.HasHeaderAbove(window[size..], _last)
            ? Advance(WalkKind.DamagedBatch, size, reason)
            : Skip(window, rest, reason);
    }

    /// <summary>
    /// Passes over what is no batch, up to what looks like the next one, or so far as the window goes.
    /// </summary>
    private WalkStep Skip(ReadOnlySpan<byte> window, long rest, string reason)
    {
        for (var at = 1; at + StoredBatch.HeaderBytes <= window.Length; at++)
        {
            if (_searchBytes > 0
                && BatchCheck.HasHeaderAbove(window[at..], _last)
                && BatchCheck.SizeOf(window[at..]) <= Math.Min(rest - at, BatchMaxBytes)
                && IsWorthStopping(window[at..]))
            {
                return Advance(WalkKind.NoBatch, at, reason);
            }
        }
        return Advance(
            WalkKind.NoBatch,
            window.Length == rest ? (int)rest : Math.Max(1, window.Length - StoredBatch.HeaderBytes + 1),
            reason);
    }

    /// <summary>
    /// A batch that ends in the window is checked; one that does not is looked at when it is whole.
    /// </summary>
    private bool IsWorthStopping(ReadOnlySpan<byte> bytes)
    {
        var size = BatchCheck.SizeOf(bytes);
        _searchBytes -= size;
        return size > bytes.Length || BatchCheck.HasRightCrc(bytes, size);
    }

    private static string Flaw(ReadOnlySpan<byte> window, long rest)
    {
        if (rest < StoredBatch.HeaderBytes)
        {
            return $"{rest} bytes are too few for a batch";
        }
        var magic = window[MagicPosition];
        if (magic != 2)
        {
            return magic < 2 ? $"message format {magic} is not read" : $"there is no batch of magic {magic}";
        }
        var size = BatchCheck.SizeOf(window);
        return size switch
        {
            0 => $"there is no batch of length {BinaryPrimitives.ReadInt32BigEndian(window[8..])}",
            _ when size > rest => $"the batch has {size} bytes, of which {rest} are there",
            > BatchMaxBytes => $"a batch of {size} bytes is not read: at most {BatchMaxBytes}",
            _ when StoredBatch.Read(window) is var batch && batch.EndOffset <= batch.BaseOffset =>
                $"the batch begins at offset {batch.BaseOffset} and ends before",
            _ => "",
        };
    }

    private static string Computed(ReadOnlySpan<byte> batch) => $"which is {Crc32C.Of(batch[21..])}";

    private static WalkStep Need(int bytes, long rest) => new(WalkKind.NeedMore, (int)Math.Min(bytes, rest));

    private WalkStep Advance(WalkKind kind, int size, string reason)
    {
        Position += size;
        return new WalkStep(kind, size, reason);
    }
}
