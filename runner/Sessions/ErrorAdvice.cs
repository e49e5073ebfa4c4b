using Testbed.Wire;

namespace Testbed.Runner;

/// <summary>
/// What helps against Kafka's errors that a user of the program meets. Errors that brokers put into words
/// themselves (settings, numbers of partitions and replicas) are not among them.
/// </summary>
internal static class ErrorAdvice
{
    /// <summary>A sentence without its full stop; null where there is nothing to say.</summary>
    public static string? Of(ErrorCode error) => error switch
    {
        ErrorCode.UnknownTopicOrPartition or ErrorCode.UnknownTopicId =>
            "the topic or the partition does not exist (any more); testbed topics --list shows what does",
        ErrorCode.LeaderNotAvailable or ErrorCode.NotLeaderOrFollower or ErrorCode.FencedLeaderEpoch
            or ErrorCode.UnknownLeaderEpoch or ErrorCode.ReplicaNotAvailable =>
            "the partition has no leader at the moment; try again, and if that does not help see "
                + "testbed topics --describe",
        ErrorCode.RequestTimedOut or ErrorCode.NetworkException =>
            "the broker did not answer in time; see whether it runs and is not overloaded",
        ErrorCode.MessageTooLarge or ErrorCode.RecordListTooLarge =>
            "larger than the topic's max.message.bytes; raise that or send less at a time",
        ErrorCode.UnsupportedCompressionType =>
            "this codec is not to be had here or at the broker; take another with --compression-codec",
        ErrorCode.NotEnoughReplicas or ErrorCode.NotEnoughReplicasAfterAppend =>
            "fewer replicas are in sync than the topic's min.insync.replicas; start brokers that are down",
        ErrorCode.KafkaStorageError =>
            "a disk of the broker has failed; its log says which",
        ErrorCode.InvalidTopicException =>
            "a name has 1 to 249 letters, digits, dots, underscores and hyphens, and is neither . nor ..",
        ErrorCode.InvalidTimestamp =>
            "the timestamp is too far from the broker's clock; see the topic's "
                + "message.timestamp.before.max.ms and message.timestamp.after.max.ms",
        ErrorCode.InvalidRecord =>
            "the topic does not take such a record; a compacted topic wants a key in each",
        ErrorCode.CorruptMessage =>
            "bytes were damaged on the way or on the broker's disk",
        ErrorCode.UnsupportedVersion =>
            "the broker is too old or too new for this",
        ErrorCode.TopicAuthorizationFailed or ErrorCode.ClusterAuthorizationFailed =>
            "the broker does not let this user do that; its administrator can",
        ErrorCode.OffsetOutOfRange =>
            "there is no such offset (any more)",
        _ => null,
    };
}
