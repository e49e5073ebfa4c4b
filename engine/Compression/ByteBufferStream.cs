using System;
using System.IO;
using Testbed.Foundation;

namespace Testbed.Compression;

/// <summary>
/// Lets the framework's compressor write into a <see cref="ByteBuffer"/>. Can be written to, no more.
/// </summary>
internal sealed class ByteBufferStream(ByteBuffer output) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => output.Length;

    public override long Position
    {
        get => output.Length;
        set => throw Unused();
    }

    public override void Write(byte[] buffer, int offset, int count) =>
        output.Append(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer) => output.Append(buffer);

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw Unused();

    public override long Seek(long offset, SeekOrigin origin) => throw Unused();

    public override void SetLength(long value) => throw Unused();

    private static InvariantException Unused() => new("a compressor only writes");
}
