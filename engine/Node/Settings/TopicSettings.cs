using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Wire.Records;

namespace Testbed.Node.Settings;

/// <summary>
/// One topic's settings in force: its own, else the node's, else Kafka's defaults. Those that the data path
/// asks for at every request are read once.
/// </summary>
public sealed class TopicSettings
{
    private readonly IReadOnlyDictionary<string, string> _own;
    private readonly SettingValues _node;

    public TopicSettings(IReadOnlyDictionary<string, string> own, SettingValues node)
    {
        _own = own;
        _node = node;
        MinInSyncReplicas = (int)Number("min.insync.replicas");
        IsCompacted = Value("cleanup.policy").Split(',').Any(static policy => policy.Trim() == "compact");
        IsDeleted = Value("cleanup.policy").Split(',').Any(static policy => policy.Trim() == "delete");
        Log = ReadLogSettings();
        Produce = ReadProduceRules();
    }

    public LogSettings Log { get; }

    /// <summary>What producers may append.</summary>
    public ProduceRules Produce { get; }

    public int MinInSyncReplicas { get; }

    /// <summary>cleanup.policy contains compact: every record needs a key.</summary>
    public bool IsCompacted { get; }

    /// <summary>cleanup.policy contains delete: records may be deleted by request.</summary>
    public bool IsDeleted { get; }

    /// <summary>
    /// Checks a setting that somebody wants to give a topic. Null when it is good; otherwise why not.
    /// </summary>
    public static string? Problem(string name, string? value)
    {
        if (!TopicSettingTable.Table.TryGet(name, out var definition))
        {
            var nearest = TopicSettingTable.Table.Nearest(name);
            return $"unknown topic setting {name}" + (nearest is null ? "" : $"; did you mean {nearest}?");
        }
        return value is null ? $"{name} has no value" : definition.Problem(value);
    }

    /// <summary>The value in force. Every topic setting has one.</summary>
    public string Value(string name)
    {
        if (_own.TryGetValue(name, out var own))
        {
            return own.Trim();
        }
        foreach (var synonym in TopicSettingTable.SynonymsOf(name))
        {
            if (_node.IsGiven(synonym.BrokerSetting))
            {
                return synonym.Convert(_node.Text(synonym.BrokerSetting)!);
            }
        }
        var isKnown = TopicSettingTable.Table.TryGet(name, out var definition);
        Invariant.Assert(isKnown && definition.Default is not null);
        return definition.Default;
    }

    private LogSettings ReadLogSettings() => new(
        SegmentBytes: (int)Number("segment.bytes"),
        IndexIntervalBytes: (int)Number("index.interval.bytes"),
        SyncBeforeAcknowledge: Value(TopicSettingTable.Durability) == "fsync")
    {
        ProducerExpirationMs = _node.Int("producer.id.expiration.ms"),
        SegmentMs = SegmentMs(),
        SegmentJitterMs = Number("segment.jitter.ms"),
        SegmentIndexBytes = (int)Number("segment.index.bytes"),
        IsPreallocated = Value("preallocate").Equals("true", StringComparison.OrdinalIgnoreCase),
        IsCompacted = IsCompacted,
        IsDeleted = IsDeleted,
        RetentionMs = Number("retention.ms"),
        RetentionBytes = Number("retention.bytes"),
        MinCompactionLagMs = Number("min.compaction.lag.ms"),
        MaxCompactionLagMs = Number("max.compaction.lag.ms"),
        MinDirtyPerMillion = (int)(1_000_000 * decimal.Parse(
            Value("min.cleanable.dirty.ratio"), NumberStyles.Float, CultureInfo.InvariantCulture)),
        DeleteRetentionMs = Number("delete.retention.ms"),
        FileDeleteDelayMs = Number("file.delete.delay.ms"),
    };

    /// <summary>
    /// The active segment is not compacted: it ends early enough for max.compaction.lag.ms (KIP-354).
    /// </summary>
    private long SegmentMs()
    {
        var segmentMs = Number("segment.ms");
        return IsCompacted ? long.Min(segmentMs, Number("max.compaction.lag.ms")) : segmentMs;
    }

    private ProduceRules ReadProduceRules()
    {
        var codec = Value("compression.type") switch
        {
            "uncompressed" => CompressionCodec.None,
            "gzip" => CompressionCodec.Gzip,
            "snappy" => CompressionCodec.Snappy,
            "lz4" => CompressionCodec.Lz4,
            "zstd" => CompressionCodec.Zstd,
            _ => (CompressionCodec?)null,
        };
        var hasLevel = codec is CompressionCodec.Gzip or CompressionCodec.Lz4 or CompressionCodec.Zstd;
        return new ProduceRules
        {
            MaxMessageBytes = (int)Number("max.message.bytes"),
            TimestampType = Value("message.timestamp.type") == "LogAppendTime"
                ? TimestampType.LogAppendTime
                : TimestampType.CreateTime,
            TimestampBeforeMaxMs = Number("message.timestamp.before.max.ms"),
            TimestampAfterMaxMs = Number("message.timestamp.after.max.ms"),
            IsCompacted = IsCompacted,
            Codec = codec,
            CompressionLevel = hasLevel
                ? (int)Number($"compression.{Value("compression.type")}.level")
                : null,
        };
    }

    public long Number(string name) => long.Parse(Value(name), CultureInfo.InvariantCulture);
}
