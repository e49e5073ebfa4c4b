using System;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// The bytes of an index file in memory: entries of one size, one behind the other. Nothing is allocated
/// while there are none. What the entries mean is the index's.
/// </summary>
internal sealed class IndexBytes(int entryBytes)
{
    private const int EntriesAtFirst = 8;

    private byte[] _bytes = [];
    private int _length;    // bytes in use; a multiple of the entry's size

    public int Count => _length / entryBytes;

    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, _length);

    public ReadOnlySpan<byte> this[int index] =>
        _bytes.AsSpan(0, _length).Slice(index * entryBytes, entryBytes);

    /// <summary>Room for one entry more, to be written by the caller.</summary>
    public Span<byte> Add()
    {
        if (_length == _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_length * 2, EntriesAtFirst * entryBytes));
        }
        _length += entryBytes;
        return _bytes.AsSpan(_length - entryBytes, entryBytes);
    }

    /// <summary>Keeps the first <paramref name="count"/> entries.</summary>
    public void Truncate(int count)
    {
        Invariant.Assert(count >= 0);
        Invariant.Assert(count <= Count);
        _length = count * entryBytes;
    }

    /// <summary>Takes a copy of whole entries in place of those here.</summary>
    public void Adopt(ReadOnlySpan<byte> entries)
    {
        Invariant.Assert(entries.Length % entryBytes == 0);
        _bytes = entries.ToArray();
        _length = entries.Length;
    }

    /// <summary>
    /// How many entries a file has that may have been preallocated: those before the zeros at its end. Null
    /// when the size is no multiple of an entry's.
    /// </summary>
    public static int? CountWithoutPadding(ReadOnlySpan<byte> file, int entryBytes)
    {
        if (file.Length % entryBytes != 0)
        {
            return null;
        }
        var lastUsed = file.LastIndexOfAnyExcept((byte)0);
        return lastUsed < 0 ? 0 : lastUsed / entryBytes + 1;
    }
}
