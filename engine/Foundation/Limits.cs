namespace Testbed.Foundation;

/// <summary>
/// Every bound that is not a setting. A queue, a batch, a loop or a length that has no row here or in the
/// settings is a defect.
/// </summary>
public static class Limits
{
    /// <summary>Kafka's default of socket.request.max.bytes: the largest frame a client may send.</summary>
    public const int RequestMaxBytes = 104_857_600;

    /// <summary>Longest string on the wire, in bytes of UTF-8 (int16 length).</summary>
    public const int StringMaxBytes = short.MaxValue;

    /// <summary>Longest encoding of a 32-bit variable-length integer, in bytes.</summary>
    public const int VarIntMaxBytes = 5;

    /// <summary>Longest encoding of a 64-bit variable-length integer, in bytes.</summary>
    public const int VarLongMaxBytes = 10;

    /// <summary>
    /// Most bytes a compressed batch may unpack to when the broker has to look inside. A batch that only
    /// passes through is not unpacked and not bounded by this.
    /// </summary>
    public const int UncompressedMaxBytes = 64 * 1024 * 1024;

    /// <summary>Records of one batch that an answer names as refused, one by one.</summary>
    public const int RecordErrorsMax = 1000;

    /// <summary>Requests of one connection that may be read ahead of their answers.</summary>
    public const int RequestsInFlightPerConnection = 128;

    /// <summary>
    /// Requests of one connection that start in one unit of work; the others have their turn then.
    /// </summary>
    public const int RequestsPerTurn = 64;

    /// <summary>
    /// Answer bytes waiting on one connection above which no more of its requests are read.
    /// </summary>
    public const long UnsentMaxBytes = 4 * 1024 * 1024;

    /// <summary>
    /// Bytes of a shard's produce requests that wait for the disk above which no other one starts.
    /// </summary>
    public const long UnwrittenProduceMaxBytes = 64 * 1024 * 1024;

    /// <summary>Bytes of requests read ahead on one connection above which no more are read.</summary>
    public const long ReadAheadMaxBytes = 4 * 1024 * 1024;

    /// <summary>
    /// Characters of an error message for a client, which may quote what the client sent: far below
    /// <see cref="StringMaxBytes"/>, whatever the letters.
    /// </summary>
    public const int ErrorMessageMaxLength = 1000;

    /// <summary>Settings that one answer describes; the resources after that are refused.</summary>
    public const int ConfigEntriesPerAnswer = 500_000;

    /// <summary>
    /// Topics that wait to be made because a client asked for their metadata; others are to ask again.
    /// </summary>
    public const int AutoCreationsWaiting = 1000;

    /// <summary>Most partitions that one request may make, over all its topics (Kafka's limit too).</summary>
    public const int PartitionsPerRequest = 10_000;

    /// <summary>Longest name of a file or directory, in bytes: that of the usual file systems.</summary>
    public const int FileNameMaxBytes = 255;

    /// <summary>
    /// Idempotent producers that a partition remembers; beyond that the longest idle are forgotten.
    /// </summary>
    public const int ProducersPerPartition = 10_000;

    /// <summary>
    /// Times a log tries again for its next segment while no descriptor is free, before it goes offline.
    /// </summary>
    public const int SegmentRetriesMax = 100;

    /// <summary>Pause before each of those, in milliseconds.</summary>
    public const int SegmentRetryPauseMs = 100;

    /// <summary>
    /// Bytes of what looks like batches that are checked behind a damaged one, to tell whether a log may be
    /// cut.
    /// </summary>
    public const long DamageScanMaxBytes = 4L * 1024 * 1024 * 1024;

    /// <summary>
    /// No batch in a log is larger: buffers are not, and a batch is in one before it is stored.
    /// </summary>
    public const long StoredBatchMaxBytes = 1024 * 1024 * 1024;

    /// <summary>
    /// Segments of one log directory that stay open though nobody reads them, beside the one of each log that
    /// is written to.
    /// </summary>
    public const int IdleSegments = 1_000;

    /// <summary>Bytes of indexes that those may hold in memory.</summary>
    public const long IdleIndexMaxBytes = 64 * 1024 * 1024;

    /// <summary>
    /// Bytes of a log that syncs every group which recovery may have to examine again, about.
    /// </summary>
    public const long RecoveredTailBytes = 64 * 1024 * 1024;

    /// <summary>Most partitions that one request may give a topic.</summary>
    public const int PartitionsPerTopic = 10_000;

    /// <summary>
    /// Longest topic name, in characters: the directory `topic-partition` must fit a file system.
    /// </summary>
    public const int TopicNameMaxLength = 249;
}
