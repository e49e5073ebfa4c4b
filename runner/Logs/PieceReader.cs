using System;
using System.IO;
using Microsoft.Win32.SafeHandles;
using Testbed.Log;

namespace Testbed.Runner.Logs;

/// <summary>
/// A file that is read in pieces, while somebody else may go on writing to it or delete it: as long as it was
/// when it was opened. Opens for reading only.
/// </summary>
internal sealed class PieceReader : IDisposable
{
    private const int PieceBytes = 1024 * 1024;

    private readonly SafeFileHandle _file;
    private byte[] _buffer = new byte[PieceBytes];
    private long _start;    // position of the buffer's first byte
    private int _count;     // bytes in the buffer

    public PieceReader(string path)
    {
        _file = File.OpenHandle(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        SizeBytes = RandomAccess.GetLength(_file);
    }

    public long SizeBytes { get; }

    /// <summary>
    /// The file from <paramref name="position"/> on: at least <paramref name="needed"/> bytes, which are no
    /// more than there are. Valid until the next call.
    /// </summary>
    public ReadOnlySpan<byte> Window(long position, int needed)
    {
        if (position < _start || position + needed > _start + _count)
        {
            Fill(position, needed);
        }
        return _buffer.AsSpan((int)(position - _start), (int)(_start + _count - position));
    }

    /// <summary>
    /// All bytes of a file that is read at once. Null when it has more than the tool reads at once.
    /// </summary>
    public static byte[]? ReadWhole(string path)
    {
        using var reader = new PieceReader(path);
        return reader.SizeBytes > BatchWalk.WindowMaxBytes
            ? null
            : reader.Window(0, (int)reader.SizeBytes).ToArray();
    }

    public void Dispose() => _file.Dispose();

    private void Fill(long position, int needed)
    {
        if (_buffer.Length < needed)
        {
            _buffer = new byte[needed];
        }
        _start = position;
        _count = 0;
        var wanted = (int)Math.Min(_buffer.Length, SizeBytes - position);
        while (_count < wanted)
        {
            var read = RandomAccess.Read(_file, _buffer.AsSpan(_count, wanted - _count), position + _count);
            if (read == 0)
            {
                break;
            }
            _count += read;
        }
        if (_count < needed)
        {
            throw new EndOfStreamException("it became shorter while it was read");
        }
    }
}
