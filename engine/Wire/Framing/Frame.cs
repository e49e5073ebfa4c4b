using System;
using Testbed.Foundation;

namespace Testbed.Wire;

/// <summary>
/// One whole frame without its length. The bytes lie in a buffer shared with other frames; whoever takes the
/// frame holds the buffer and releases it once.
/// </summary>
public readonly struct Frame(Lease buffer, int start, int sizeBytes)
{
    public Lease Buffer { get; } = buffer;

    public int SizeBytes { get; } = sizeBytes;

    /// <summary>The frame's bytes, writable: the broker patches batches in place.</summary>
    public Memory<byte> Memory => Buffer.Memory.Slice(start, SizeBytes);
}
