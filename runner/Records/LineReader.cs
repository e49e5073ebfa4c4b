using System;
using System.Collections.Generic;
using System.IO;

namespace Testbed.Runner;

/// <summary>
/// Cuts a stream into lines of bytes, some at a time: as many as are there, up to a block. A line ends with
/// LF or CR LF; the last one may end with the stream. Holds one block, or one line where that is longer.
/// </summary>
public sealed class LineReader(Stream stream, int lineBytesMax)
{
    private const int BlockBytes = 256 * 1024;
    private byte[] _bytes = new byte[BlockBytes];
    private int _start;     // of the bytes not given out yet
    private int _end;
    private bool _isAtEnd;

    /// <summary>Lines given out so far.</summary>
    public long Count { get; private set; }

    /// <summary>
    /// The next lines, at least one, in memory of their own; none at the end of the stream.
    /// </summary>
    public List<ReadOnlyMemory<byte>> Read()
    {
        while (!_isAtEnd && _bytes.AsSpan(_start, _end - _start).IndexOf((byte)'\n') < 0)
        {
            Fill();
        }
        var block = _bytes.AsMemory(_start, _end - _start).ToArray().AsMemory();
        var lines = new List<ReadOnlyMemory<byte>>();
        var taken = 0;
        for (int length; (length = block.Span[taken..].IndexOf((byte)'\n')) >= 0; taken += length + 1)
        {
            lines.Add(WithoutReturn(block.Slice(taken, length)));
        }
        if (_isAtEnd && taken < block.Length)
        {
            lines.Add(WithoutReturn(block[taken..]));
            taken = block.Length;
        }
        _start += taken;
        Count += lines.Count;
        return lines;
    }

    private static ReadOnlyMemory<byte> WithoutReturn(ReadOnlyMemory<byte> line) =>
        line.Length > 0 && line.Span[^1] == '\r' ? line[..^1] : line;

    private void Fill()
    {
        if (_start > 0)
        {
            _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
            _end -= _start;
            _start = 0;
        }
        if (_end == _bytes.Length)
        {
            if (_end > lineBytesMax)
            {
                throw new CommandException($"line {Count + 1} is longer than {lineBytesMax} bytes");
            }
            Array.Resize(ref _bytes, _bytes.Length * 2);
        }
        var count = stream.Read(_bytes, _end, _bytes.Length - _end);
        _end += count;
        _isAtEnd = count == 0;
    }
}
