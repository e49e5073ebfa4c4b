using Testbed.Wire;

namespace Testbed.Client;

/// <summary>How a producer understands error codes.</summary>
internal static class ProduceVerdicts
{
    public static ProduceVerdict Of(ErrorCode error, bool isIdempotent) => error switch
    {
        ErrorCode.None or ErrorCode.DuplicateSequenceNumber => ProduceVerdict.Stored,
        ErrorCode.OutOfOrderSequenceNumber or ErrorCode.UnknownProducerId when isIdempotent
            => ProduceVerdict.OutOfSequence,
        ErrorCode.InvalidProducerEpoch or ErrorCode.ProducerFenced when isIdempotent => ProduceVerdict.Fenced,
        _ when error.IsRetriable() => ProduceVerdict.Retry,
        _ => ProduceVerdict.Refused,
    };

    /// <summary>True when the records may have been stored in spite of the error.</summary>
    public static bool MayBeStored(ErrorCode error) => error is ErrorCode.RequestTimedOut
        or ErrorCode.NotEnoughReplicasAfterAppend
        or ErrorCode.NetworkException
        or ErrorCode.UnknownServerError;

    /// <summary>True when the error may come from asking the wrong broker.</summary>
    public static bool IsAboutMetadata(ErrorCode error) => error is ErrorCode.NotLeaderOrFollower
        or ErrorCode.UnknownTopicOrPartition
        or ErrorCode.UnknownTopicId
        or ErrorCode.InconsistentTopicId
        or ErrorCode.LeaderNotAvailable
        or ErrorCode.ReplicaNotAvailable
        or ErrorCode.KafkaStorageError
        or ErrorCode.ListenerNotFound
        or ErrorCode.FencedLeaderEpoch
        or ErrorCode.UnknownLeaderEpoch
        or ErrorCode.NetworkException
        or ErrorCode.RequestTimedOut;
}
