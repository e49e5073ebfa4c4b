using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;

namespace Testbed.Runner;

/// <summary>
/// The process's standard output, which unlike that of <see cref="Console"/> tells when nobody reads any
/// more: a command that writes without end ends then (`testbed consume ... | head`).
/// </summary>
internal sealed class StandardOutput : Stream
{
    private const int Descriptor = 1;
    private const int Interrupted = 4;     // EINTR
    private const int TryAgain = 11;       // EAGAIN: somebody made the descriptor non-blocking
    private const int BrokenPipe = 32;     // EPIPE

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Only systems with POSIX's write(2) need this; others have no such pipes.</summary>
    public static Stream Open() =>
        OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : new StandardOutput();

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var count = write(Descriptor, ref MemoryMarshal.GetReference(bytes), bytes.Length);
            if (count < 0)
            {
                OnError(Marshal.GetLastPInvokeError());
                continue;
            }
            bytes = bytes[(int)count..];
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private static void OnError(int code)
    {
        switch (code)
        {
            case Interrupted:
                break;
            case TryAgain:
                Thread.Sleep(1);
                break;
            case BrokenPipe:
                throw new OutputClosedException();
            default:
                throw new OutputFailedException(Marshal.GetPInvokeErrorMessage(code));
        }
    }

    [DllImport("libc", SetLastError = true)]
    private static extern nint write(int descriptor, ref byte bytes, nint count);
}
