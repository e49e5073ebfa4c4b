using System;
using Testbed.Foundation;

namespace Testbed.Wire;

/// <summary>A part of what a writer has written: bytes in memory, or a range of a file.</summary>
public readonly struct OutgoingPiece
{
    private readonly ReadOnlyMemory<byte> _memory;
    private readonly FileRange _range;

    public OutgoingPiece(ReadOnlyMemory<byte> memory)
    {
        _memory = memory;
    }

    public OutgoingPiece(FileRange range)
    {
        _range = range;
        IsFile = true;
    }

    public bool IsFile { get; }

    public int SizeBytes => IsFile ? _range.Count : _memory.Length;

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
}
