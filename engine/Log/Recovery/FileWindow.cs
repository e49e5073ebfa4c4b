using System;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Bytes of a file where its reader wants them, read in pieces of at least 64 KiB. Must be released.
/// </summary>
internal sealed class FileWindow(IShard shard, IDisk disk, IFile file)
{
    private const int PieceBytes = 64 * 1024;

    private Lease? _piece;
    private long _pieceStart;
    private int _pieceCount;
    private long _start;
    private int _count;

    /// <summary>What the last loading has put here.</summary>
    public ReadOnlySpan<byte> Span =>
        _piece is null ? default : _piece.Span.Slice((int)(_start - _pieceStart), _count);

    /// <summary>True once the disk has failed.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>
    /// Loads exactly <paramref name="count"/> bytes. False when the file has not as many there, or cannot be
    /// read.
    /// </summary>
    public async EngineTask<bool> Load(long start, long count)
    {
        if (start < 0 || count > file.Length - start || HasFailed)
        {
            return false;
        }
        if (!Holds(start, count) && !await Read(start, (int)count))
        {
            return false;
        }
        _start = start;
        _count = (int)count;
        return true;
    }

    /// <summary>Loads what is at hand from <paramref name="start"/> on, at least so many bytes.</summary>
    public async EngineTask<bool> LoadSome(long start, int least)
    {
        if (!await Load(start, least))
        {
            return false;
        }
        _count = (int)(_pieceStart + _pieceCount - start);
        return true;
    }

    public void Release()
    {
        _piece?.Release();
        _piece = null;
    }

    private bool Holds(long start, long count) =>
        _piece is not null && start >= _pieceStart && start + count <= _pieceStart + _pieceCount;

    private async EngineTask<bool> Read(long start, int count)
    {
        if (_piece is null || _piece.Capacity < count)
        {
            Release();
            _piece = shard.Buffers.Rent(Math.Max(PieceBytes, count));
        }
        _pieceCount = 0;
        var read = await disk.Read(file, start, _piece.Memory);
        _pieceStart = start;
        _pieceCount = read.IsOk ? read.Count : 0;
        HasFailed = _pieceCount < count;
        return !HasFailed;
    }
}
