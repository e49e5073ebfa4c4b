using System;
using System.Buffers.Binary;

namespace Testbed.Log;

/// <summary>An entry of a `.txnindex` file (KIP-98). Numbers highest byte first.</summary>
/// <remarks>
/// <code>
///   0  2  version, 0
///   2  8  producer id
///  10  8  first offset
///  18  8  last offset: the marker's
///  26  8  last stable offset
/// </code>
/// </remarks>
internal static class AbortedEntry
{
    public const int SizeBytes = 34;
    private const short Version = 0;

    public static void Write(in AbortedTransaction aborted, Span<byte> entry)
    {
        BinaryPrimitives.WriteInt16BigEndian(entry, Version);
        BinaryPrimitives.WriteInt64BigEndian(entry[2..], aborted.ProducerId.Value);
        BinaryPrimitives.WriteInt64BigEndian(entry[10..], aborted.First.Value);
        BinaryPrimitives.WriteInt64BigEndian(entry[18..], aborted.Last.Value);
        BinaryPrimitives.WriteInt64BigEndian(entry[26..], aborted.LastStable.Value);
    }
}
