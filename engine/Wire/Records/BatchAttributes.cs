using Testbed.Compression;

namespace Testbed.Wire.Records;

/// <summary>The attributes of a record batch.</summary>
/// <remarks>
/// <code>
/// bits 0-2  codec              0 none, 1 gzip, 2 snappy, 3 lz4, 4 zstd
/// bit  3    timestamp type     0 create time, 1 log append time
/// bit  4    transactional
/// bit  5    control            holds a control record, which consumers do not see
/// bit  6    delete horizon     base timestamp says when tombstones and markers may go (KIP-534)
/// bits 7-15 not assigned
/// </code>
/// </remarks>
public readonly record struct BatchAttributes(short Bits)
{
    private const int CodecMask = 0x07;
    private const int LogAppendTimeBit = 0x08;
    private const int TransactionalBit = 0x10;
    private const int ControlBit = 0x20;
    private const int DeleteHorizonBit = 0x40;
    private const int AssignedMask = 0x7F;

    /// <summary>The codec as it stands there, 0 to 7.</summary>
    public int CodecId => Bits & CodecMask;

    public TimestampType TimestampType =>
        (Bits & LogAppendTimeBit) != 0 ? TimestampType.LogAppendTime : TimestampType.CreateTime;

    public bool IsTransactional => (Bits & TransactionalBit) != 0;

    public bool IsControl => (Bits & ControlBit) != 0;

    public bool HasDeleteHorizon => (Bits & DeleteHorizonBit) != 0;

    public bool HasUnassignedBits => (Bits & ~AssignedMask) != 0;

    /// <summary>False when the codec's number is not assigned.</summary>
    public bool TryGetCodec(out CompressionCodec codec)
    {
        codec = (CompressionCodec)CodecId;
        return codec <= CompressionCodec.Zstd;
    }

    public BatchAttributes With(CompressionCodec codec) =>
        new(unchecked((short)((ushort)(Bits & ~CodecMask) | (uint)codec)));

    public BatchAttributes With(TimestampType type) =>
        WithBit(LogAppendTimeBit, type == TimestampType.LogAppendTime);

    public BatchAttributes WithTransactional(bool isSet) => WithBit(TransactionalBit, isSet);

    public BatchAttributes WithControl(bool isSet) => WithBit(ControlBit, isSet);

    public BatchAttributes WithDeleteHorizon(bool isSet) => WithBit(DeleteHorizonBit, isSet);

    private BatchAttributes WithBit(int bit, bool isSet) =>
        new(unchecked((short)(isSet ? (ushort)Bits | (uint)bit : (ushort)Bits & ~(uint)bit)));
}
