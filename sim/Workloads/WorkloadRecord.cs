using System;
using System.Buffers.Binary;
using System.Text;
using Testbed.Client;
using Testbed.Foundation;
using Testbed.Models.Histories;
using Testbed.Wire.Records;

namespace Testbed.Sim.Workloads;

/// <summary>
/// Records that tell who sent them, with or without a key and headers.
///
///     value: producer int64 | sequence int64 | random bytes, half of them equal so that codecs have work
/// </summary>
internal static class WorkloadRecord
{
    private const int ValueHeaderBytes = 16;
    private const int KeyBytesMax = 20;
    private const int HeadersMax = 3;

    public static ProducerRecord Make(
        TopicPartition partition, long producer, long sequence, int valueBytesMax, Prng random)
    {
        var value = new byte[ValueHeaderBytes + random.Below(valueBytesMax)];
        BinaryPrimitives.WriteInt64BigEndian(value, producer);
        BinaryPrimitives.WriteInt64BigEndian(value.AsSpan(sizeof(long)), sequence);
        random.Fill(value.AsSpan(ValueHeaderBytes + (value.Length - ValueHeaderBytes) / 2));
        var key = random.Chance(1, 2) ? Bytes(random, random.Below(KeyBytesMax)) : null;
        return new ProducerRecord(partition.Topic, OrNull(key), value)
        {
            Partition = partition.Partition,
            Headers = Headers(random),
        };
    }

    public static RecordIdentity IdentityOf(in ProducerRecord record)
    {
        var hash = Add(Add(StableHash.Seed, record.Key), record.Value);
        foreach (var header in record.Headers.Span)
        {
            hash = Add(StableHash.Add(hash, Encoding.UTF8.GetString(header.Key.Span)), header.Value);
        }
        return Identity(record.Value.GetValueOrDefault().Span, hash)
            ?? throw new InvariantException("the workload sends records with its own values");
    }

    /// <summary>Null for a record that no workload has made.</summary>
    public static RecordIdentity? IdentityOf(in ConsumedRecord record)
    {
        var hash = Add(Add(StableHash.Seed, record.Key), record.Value);
        foreach (var header in record.Headers)
        {
            hash = Add(StableHash.Add(hash, header.Key), header.Value);
        }
        return Identity(record.Value.GetValueOrDefault().Span, hash);
    }

    private static RecordIdentity? Identity(ReadOnlySpan<byte> value, ulong hash) =>
        value.Length < ValueHeaderBytes
            ? null
            : new RecordIdentity(
                BinaryPrimitives.ReadInt64BigEndian(value),
                BinaryPrimitives.ReadInt64BigEndian(value[sizeof(long)..]),
                StableHash.Finish(hash));

    private static ulong Add(ulong hash, ReadOnlyMemory<byte>? bytes) =>
        bytes is { } there
            ? StableHash.Add(StableHash.Add(hash, there.Length), Crc32C.Of(there.Span))
            : StableHash.Add(hash, -1);

    private static RecordHeader[] Headers(Prng random)
    {
        var headers = new RecordHeader[random.Below(HeadersMax + 1)];
        for (var i = 0; i < headers.Length; i++)
        {
            var value = random.Chance(1, 4) ? null : Bytes(random, random.Below(KeyBytesMax));
            headers[i] = new RecordHeader($"h{random.Below(2)}", OrNull(value));
        }
        return headers;
    }

    private static byte[] Bytes(Prng random, int count)
    {
        var bytes = new byte[count];
        random.Fill(bytes);
        return bytes;
    }

    /// <summary>A null array would otherwise become empty memory.</summary>
    private static ReadOnlyMemory<byte>? OrNull(byte[]? bytes) => bytes is null ? null : bytes.AsMemory();
}
