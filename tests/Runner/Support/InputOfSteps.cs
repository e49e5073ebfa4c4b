using System;
using System.IO;
using System.Threading;

namespace Testbed.Tests.Runner;

/// <summary>
/// A standard input that gives one piece, does something before it gives it, and then has nothing more but
/// does not end, like a terminal where nobody types.
/// </summary>
internal sealed class InputOfSteps(byte[] piece, Action beforePiece) : Stream
{
    private readonly ManualResetEventSlim _isClosed = new();
    private int _given;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_given == piece.Length)
        {
            _isClosed.Wait();
            return 0;
        }
        beforePiece();
        var length = Math.Min(count, piece.Length - _given);
        piece.AsSpan(_given, length).CopyTo(buffer.AsSpan(offset));
        _given += length;
        return length;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Lets a read that waits end.</summary>
    protected override void Dispose(bool disposing)
    {
        _isClosed.Set();
        base.Dispose(disposing);
    }
}
