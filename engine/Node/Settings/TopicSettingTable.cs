using System.Collections.Generic;
using System.Collections.Immutable;

namespace Testbed.Node.Settings;

/// <summary>
/// The settings of a topic: Kafka's, and `durability`, which is ours. Each falls back to a setting of the
/// node (Kafka's ServerTopicConfigSynonyms); those with several fall back in the order given, in their own
/// units.
/// </summary>
public static class TopicSettingTable
{
    /// <summary>
    /// `replicated`: an offset counts once it is in the page cache of the in-sync replicas, as in Kafka.
    /// `fsync`: only once it would survive a power cut of its replica.
    /// </summary>
    public const string Durability = "durability";

    private const string Rows = """
        cleanup.policy                           list    dynamic delete compact|delete
        compression.gzip.level                   int     dynamic -1 1..9,-1
        compression.lz4.level                    int     dynamic 9 1..17
        compression.type                 string  dynamic producer uncompressed|zstd|lz4|snappy|gzip|producer
        compression.zstd.level                   int     dynamic 3 -131072..22
        delete.retention.ms                      long    dynamic 86400000 0..
        durability                               string  dynamic replicated replicated|fsync
        file.delete.delay.ms                     long    dynamic 60000 0..
        flush.messages                           long    dynamic 9223372036854775807 1..
        flush.ms                                 long    dynamic 9223372036854775807 0..
        follower.replication.throttled.replicas  list    dynamic ""
        index.interval.bytes                     int     dynamic 4096 0..
        leader.replication.throttled.replicas    list    dynamic ""
        local.retention.bytes                    long    dynamic -2 -2..
        local.retention.ms                       long    dynamic -2 -2..
        max.compaction.lag.ms                    long    dynamic 9223372036854775807 1..
        max.message.bytes                        int     dynamic 1048588 0..
        message.timestamp.after.max.ms           long    dynamic 3600000 0..
        message.timestamp.before.max.ms          long    dynamic 9223372036854775807 0..
        message.timestamp.type                   string  dynamic CreateTime CreateTime|LogAppendTime
        min.cleanable.dirty.ratio                double  dynamic 0.5 0..1
        min.compaction.lag.ms                    long    dynamic 0 0..
        min.insync.replicas                      int     dynamic 1 1..
        preallocate                              boolean dynamic false
        remote.log.copy.disable                  boolean dynamic false
        remote.log.delete.on.disable             boolean dynamic false
        remote.storage.enable                    boolean dynamic false
        retention.bytes                          long    dynamic -1
        retention.ms                             long    dynamic 604800000 -1..
        segment.bytes                            int     dynamic 1073741824 1048576..
        segment.index.bytes                      int     dynamic 10485760 4..
        segment.jitter.ms                        long    dynamic 0 0..
        segment.ms                               long    dynamic 604800000 1..
        unclean.leader.election.enable           boolean dynamic false
        """;

    private const string SynonymRows = """
        cleanup.policy log.cleanup.policy
        compression.gzip.level compression.gzip.level
        compression.lz4.level compression.lz4.level
        compression.type compression.type
        compression.zstd.level compression.zstd.level
        delete.retention.ms log.cleaner.delete.retention.ms
        durability log.durability
        file.delete.delay.ms log.segment.delete.delay.ms
        flush.messages log.flush.interval.messages
        flush.ms log.flush.interval.ms,log.flush.scheduler.interval.ms
        index.interval.bytes log.index.interval.bytes
        local.retention.bytes log.local.retention.bytes
        local.retention.ms log.local.retention.ms
        max.compaction.lag.ms log.cleaner.max.compaction.lag.ms
        max.message.bytes message.max.bytes
        message.timestamp.after.max.ms log.message.timestamp.after.max.ms
        message.timestamp.before.max.ms log.message.timestamp.before.max.ms
        message.timestamp.type log.message.timestamp.type
        min.cleanable.dirty.ratio log.cleaner.min.cleanable.ratio
        min.compaction.lag.ms log.cleaner.min.compaction.lag.ms
        min.insync.replicas min.insync.replicas
        preallocate log.preallocate
        retention.bytes log.retention.bytes
        retention.ms log.retention.ms,log.retention.minutes*60000,log.retention.hours*3600000
        segment.bytes log.segment.bytes
        segment.index.bytes log.index.size.max.bytes
        segment.jitter.ms log.roll.jitter.ms,log.roll.jitter.hours*3600000
        segment.ms log.roll.ms,log.roll.hours*3600000
        unclean.leader.election.enable unclean.leader.election.enable
        """;

    private static ImmutableArray<string> Effective { get; } =
    [
        "cleanup.policy", "compression.gzip.level", "compression.lz4.level", "compression.type",
        "compression.zstd.level", "delete.retention.ms", Durability, "file.delete.delay.ms",
        "index.interval.bytes", "max.compaction.lag.ms", "max.message.bytes",
        "message.timestamp.after.max.ms", "message.timestamp.before.max.ms", "message.timestamp.type",
        "min.cleanable.dirty.ratio", "min.compaction.lag.ms", "min.insync.replicas", "preallocate",
        "retention.bytes", "retention.ms", "segment.bytes", "segment.index.bytes", "segment.jitter.ms",
        "segment.ms",
    ];

    public static SettingTable Table { get; } = new(Rows);

    private static SettingSynonymTable Synonyms { get; } = new(SynonymRows);

    /// <summary>Whether the setting changes what this broker does. The rest are kept and described.</summary>
    public static bool HasEffect(string topicSetting) => Effective.Contains(topicSetting);

    /// <summary>Settings of the node that a topic's setting falls back to, nearest first.</summary>
    public static IReadOnlyList<SettingSynonym> SynonymsOf(string topicSetting) => Synonyms.Of(topicSetting);
}
