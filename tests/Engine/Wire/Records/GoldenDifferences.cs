using System;
using System.Collections.Generic;
using Testbed.Wire;

namespace Testbed.Tests.Engine.Wire.Records;

/// <summary>
/// The batches that are judged otherwise than Kafka 4.3.1 judges them, each with our answer and the reason.
/// Kafka either stores what its own readers or ours cannot read alike, or has no check of its own and
/// answers UNKNOWN_SERVER_ERROR.
/// </summary>
public static class GoldenDifferences
{
    private const string NoCheck = "Kafka has no check of its own and answers UNKNOWN_SERVER_ERROR";
    private const string Deltas = "deltas ascend by one from 0, or offsets within the log are not unique";
    private const string Behind = "bytes behind a stream are damage, whichever the codec";
    private const string Unpacked = "a stream is unpacked, and its checksum looked at, before its records";

    private static readonly SortedDictionary<string, (ErrorCode Ours, string Reason)> Table =
        new(StringComparer.Ordinal)
    {
        ["attributes-delete-horizon-crc"] = (
            ErrorCode.InvalidRecord, "only the cleaner sets a delete horizon"),
        ["codec-5-crc"] = (ErrorCode.UnsupportedCompressionType, NoCheck),
        ["codec-6-crc"] = (ErrorCode.UnsupportedCompressionType, NoCheck),
        ["codec-7-crc"] = (ErrorCode.UnsupportedCompressionType, NoCheck),
        ["gzip-empty-crc"] = (ErrorCode.CorruptMessage, NoCheck),
        ["gzip-flipped-crc"] = (ErrorCode.CorruptMessage, Unpacked),
        ["gzip-said-but-plain-crc"] = (ErrorCode.CorruptMessage, NoCheck),
        ["gzip-twice-crc"] = (ErrorCode.InvalidRecord, Deltas),
        ["header-value--2-crc"] = (ErrorCode.InvalidRecord, "null has one form, a length of -1"),
        ["idempotent-negative-epoch-crc"] = (ErrorCode.InvalidRecord, "a producer id comes with its epoch"),
        ["lz4-empty-crc"] = (ErrorCode.CorruptMessage, NoCheck),
        ["lz4-said-but-plain-crc"] = (ErrorCode.CorruptMessage, NoCheck),
        ["lz4-trailing-crc"] = (ErrorCode.CorruptMessage, Behind),
        ["offset-delta-5-byte-too-wide-crc"] = (
            ErrorCode.InvalidRecord, "readers drop different bits of the number"),
        ["offset-delta-5-crc"] = (ErrorCode.InvalidRecord, Deltas),
        ["offset-delta-negative-crc"] = (ErrorCode.InvalidRecord, Deltas),
        ["record-attributes-set-crc"] = (ErrorCode.InvalidRecord, "no attribute of records is assigned"),
        ["record-length-longer-gzip-crc"] = (
            ErrorCode.InvalidRecord, "Kafka stores it and its reader throws later"),
        ["second-truncated"] = (ErrorCode.InvalidRecord, "Kafka drops the part of a batch without a word"),
        ["snappy-cut-crc"] = (ErrorCode.CorruptMessage, NoCheck),
        ["snappy-garbage-crc"] = (ErrorCode.CorruptMessage, NoCheck),
        ["snappy-said-but-plain-crc"] = (ErrorCode.CorruptMessage, NoCheck),
        ["snappy-trailing-crc"] = (ErrorCode.CorruptMessage, Behind),
        ["snappy-twice-crc"] = (ErrorCode.InvalidRecord, Deltas),
        ["transactional-without-id-crc"] = (
            ErrorCode.InvalidRecord, "a transaction belongs to a producer id"),
        ["transactional-zstd"] = (
            ErrorCode.InvalidRecord, "base offset 50, at which the bare LogValidator does not look"),
        ["zstd-cut-crc"] = (ErrorCode.CorruptMessage, NoCheck),
        ["zstd-empty-crc"] = (ErrorCode.CorruptMessage, "no bytes are no stream, whichever the codec"),
        ["zstd-garbage-crc"] = (ErrorCode.CorruptMessage, NoCheck),
        ["zstd-said-but-plain-crc"] = (ErrorCode.CorruptMessage, NoCheck),
        ["zstd-trailing-crc"] = (ErrorCode.CorruptMessage, Behind),
        ["zstd-twice-crc"] = (ErrorCode.InvalidRecord, Deltas),
    };

    public static IEnumerable<string> Names => Table.Keys;

    public static bool Has(string name) => Table.ContainsKey(name);

    public static ErrorCode Of(string name) => Table[name].Ours;

    public static string ReasonOf(string name) => Table[name].Reason;
}
