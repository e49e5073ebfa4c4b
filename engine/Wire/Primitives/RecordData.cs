using System;
using Testbed.Foundation;

namespace Testbed.Wire;

/// <summary>
/// A `records` field: null, bytes in memory, or a range of a file that the connection sends without reading
/// it. What the bytes mean is not the message's business.
/// </summary>
public readonly struct RecordData
{
    private readonly Content _content;
    private readonly ReadOnlyMemory<byte> _memory;
    private readonly FileRange _range;

    private RecordData(Content content, ReadOnlyMemory<byte> memory, FileRange range)
    {
        _content = content;
        _memory = memory;
        _range = range;
    }

    private enum Content : byte
    {
        Null,
        Copied,
        Lent,
        File,
    }

    /// <summary>No records; not null.</summary>
    public static RecordData Empty => Copied(default);

    public bool IsNull => _content == Content.Null;

    /// <summary>True when the bytes stay in a file.</summary>
    public bool IsFile => _content == Content.File;

    /// <summary>Bytes on the wire; 0 for null.</summary>
    public int SizeBytes => IsFile ? _range.Count : _memory.Length;

    /// <summary>The bytes; empty for null. A file range has none at hand.</summary>
    public ReadOnlyMemory<byte> Memory
    {
        get
        {
            Invariant.Assert(!IsFile);
            return _memory;
        }
    }

    public FileRange Range
    {
        get
        {
            Invariant.Assert(IsFile);
            return _range;
        }
    }

    /// <summary>The writer may point at the bytes instead of copying them.</summary>
    internal bool IsLent => _content == Content.Lent;

    /// <summary>Bytes that a writer copies.</summary>
    public static RecordData Copied(ReadOnlyMemory<byte> bytes) => new(Content.Copied, bytes, default);

    /// <summary>Bytes that stay as they are until what the writer wrote has been sent.</summary>
    public static RecordData Lent(ReadOnlyMemory<byte> bytes) => new(Content.Lent, bytes, default);

    public static RecordData Of(FileRange range)
    {
        Invariant.Assert(range.Count >= 0);
        return new RecordData(Content.File, default, range);
    }
}
