using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Testbed.Net;

/// <summary>
/// The kernel's array of struct epoll_event, little-endian: events (uint32) and a key (uint64). On x86 the
/// struct is packed, elsewhere the key is aligned:
/// <code>
///   x64, x86   | events 4 | key 8 |            12 bytes
///   others     | events 4 | pad 4 | key 8 |    16 bytes
/// </code>
/// </summary>
internal sealed class EpollEvents
{
    private const uint In = 0x01;
    private const uint Out = 0x04;
    private const uint Error = 0x08;
    private const uint HangUp = 0x10;

    private static readonly bool IsPacked =
        RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86;
    private static readonly int Stride = IsPacked ? 12 : 16;
    private static readonly int KeyAt = IsPacked ? 4 : 8;

    private readonly byte[] _bytes;

    public EpollEvents(int count) => _bytes = new byte[count * Stride];

    /// <summary>The first byte, to be pinned by the call.</summary>
    public ref byte First => ref _bytes[0];

    public void Set(int index, PollEvents interest, ulong key)
    {
        var bits = (interest.HasFlag(PollEvents.Readable) ? In : 0)
            | (interest.HasFlag(PollEvents.Writable) ? Out : 0);
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(index * Stride), bits);
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.AsSpan(index * Stride + KeyAt), key);
    }

    public ulong KeyOf(int index) =>
        BinaryPrimitives.ReadUInt64LittleEndian(_bytes.AsSpan(index * Stride + KeyAt));

    public PollEvents EventsOf(int index)
    {
        var bits = BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(index * Stride));
        return ((bits & In) != 0 ? PollEvents.Readable : PollEvents.None)
            | ((bits & Out) != 0 ? PollEvents.Writable : PollEvents.None)
            | ((bits & (Error | HangUp)) != 0 ? PollEvents.Broken : PollEvents.None);
    }
}
