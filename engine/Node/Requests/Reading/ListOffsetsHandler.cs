using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Node.Replication;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Node.Requests.Reading;

/// <summary>
/// ListOffsets, versions 0 to 11: the offset at a time, or at one of the special times below zero. Version 0
/// answers with a list of at most one offset.
/// </summary>
public sealed class ListOffsetsHandler(NodeContext node) : RequestHandler<ListOffsetsRequest>
{
    private const long Latest = -1;
    private const long Earliest = -2;
    private const long MaxTimestamp = -3;
    private const long EarliestLocal = -4;
    private const long LatestTiered = -5;
    private const long EarliestPendingUpload = -6;
    private const sbyte ReadCommitted = 1;
    private const short FirstVersionWithEpoch = 4;
    private const short FirstVersionWithMaxTimestamp = 7;
    private const short FirstVersionWithEarliestLocal = 8;
    private const short FirstVersionWithLatestTiered = 9;
    private const short FirstVersionWithEarliestPendingUpload = 11;

    protected override void Handle(Exchange exchange, ListOffsetsRequest request) =>
        _ = Answer(exchange, request);

    private async EngineTask Answer(Exchange exchange, ListOffsetsRequest request)
    {
        var response = new ListOffsetsResponse();
        foreach (var topic in request.Topics)
        {
            var answers = new ListOffsetsResponseTopicResponse { Name = topic.Name };
            foreach (var group in topic.Partitions.GroupBy(static part => part.PartitionIndex))
            {
                var answer = new ListOffsetsResponsePartitionResponse { PartitionIndex = group.Key };
                if (group.Count() > 1)
                {
                    answer.ErrorCode = ErrorCode.InvalidRequest;
                }
                else if (exchange.Version < FirstVersionOf(group.First().Timestamp))
                {
                    answer.ErrorCode = ErrorCode.UnsupportedVersion;
                }
                else
                {
                    await Find(answer, topic.Name, group.First(), request.IsolationLevel == ReadCommitted);
                }
                FitVersion(answer, exchange.Version);
                answers.Partitions.Add(answer);
            }
            response.Topics.Add(answers);
        }
        exchange.Respond(response);
    }

    private async EngineTask Find(
        ListOffsetsResponsePartitionResponse answer,
        string topic,
        ListOffsetsRequestPartition part,
        bool isCommittedOnly)
    {
        var partition = node.Partitions.Find(topic, part.PartitionIndex);
        answer.ErrorCode = partition switch
        {
            null => ErrorCode.UnknownTopicOrPartition,
            { Log.IsOffline: true } => ErrorCode.KafkaStorageError,
            _ => partition.CheckEpoch(part.CurrentLeaderEpoch),
        };
        if (answer.ErrorCode != ErrorCode.None)
        {
            return;
        }
        var bound = isCommittedOnly ? partition!.LastStableOffset : partition!.HighWatermark;
        switch (part.Timestamp)
        {
            case Latest:
                Tell(answer, bound, partition.Epoch);
                break;
            case Earliest or EarliestLocal:
                Tell(answer, partition.Log.StartOffset, EpochAt(partition, partition.Log.StartOffset));
                break;
            case LatestTiered or EarliestPendingUpload:
                break;    // nothing is tiered: no offset, no error
            case MaxTimestamp:
                Tell(answer, await partition.Log.FindMaxTimestamp(bound));
                break;
            default:
                Tell(answer, await partition.Log.FindByTimestamp(part.Timestamp, bound));
                break;
        }
    }

    /// <summary>
    /// The first version that may ask for this time (KIP-734, KIP-405, KIP-1005, KIP-1023); no version has
    /// the special times that nobody knows.
    /// </summary>
    private static short FirstVersionOf(long timestamp) => timestamp switch
    {
        >= 0 or Latest or Earliest => 0,
        MaxTimestamp => FirstVersionWithMaxTimestamp,
        EarliestLocal => FirstVersionWithEarliestLocal,
        LatestTiered => FirstVersionWithLatestTiered,
        EarliestPendingUpload => FirstVersionWithEarliestPendingUpload,
        _ => short.MaxValue,
    };

    private static LeaderEpoch EpochAt(Partition partition, Offset offset)
    {
        var epoch = partition.Log.Epochs.EpochAt(offset);
        return epoch == LeaderEpoch.None ? partition.Epoch : epoch;
    }

    private static void Tell(ListOffsetsResponsePartitionResponse answer, Offset offset, LeaderEpoch epoch)
    {
        answer.Offset = offset.Value;
        answer.LeaderEpoch = epoch.Value;
    }

    /// <summary>Old versions lack fields, and version 0 has a list in their place.</summary>
    private static void FitVersion(ListOffsetsResponsePartitionResponse answer, short version)
    {
        if (version < FirstVersionWithEpoch)
        {
            answer.LeaderEpoch = -1;
        }
        if (version == 0)
        {
            answer.OldStyleOffsets = answer.Offset >= 0 ? [answer.Offset] : [];
            answer.Offset = -1;
            answer.Timestamp = -1;
        }
    }

    private static void Tell(ListOffsetsResponsePartitionResponse answer, TimeSearchResult found)
    {
        if (found.Status != IoStatus.Ok)
        {
            answer.ErrorCode = ErrorCode.KafkaStorageError;
        }
        else if (found.Record is { } record)
        {
            Tell(answer, record.Offset, record.Epoch);
            answer.Timestamp = record.TimestampMs;
        }
    }
}
