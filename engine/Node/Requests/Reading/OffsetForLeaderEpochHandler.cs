using Testbed.Foundation;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Node.Requests.Reading;

/// <summary>OffsetForLeaderEpoch, versions 0 to 4 (KIP-101, KIP-320): where a leader epoch ended.</summary>
public sealed class OffsetForLeaderEpochHandler(NodeContext node)
    : RequestHandler<OffsetForLeaderEpochRequest>
{
    protected override void Handle(Exchange exchange, OffsetForLeaderEpochRequest request)
    {
        var response = new OffsetForLeaderEpochResponse();
        foreach (var topic in request.Topics)
        {
            var answers = new OffsetForLeaderEpochResponseOffsetForLeaderTopicResult { Topic = topic.Topic };
            foreach (var part in topic.Partitions)
            {
                answers.Partitions.Add(Answer(topic.Topic, part));
            }
            response.Topics.Add(answers);
        }
        exchange.Respond(response);
    }

    private OffsetForLeaderEpochResponseEpochEndOffset Answer(
        string topic, OffsetForLeaderEpochRequestOffsetForLeaderPartition part)
    {
        var answer = new OffsetForLeaderEpochResponseEpochEndOffset { Partition = part.Partition };
        var partition = node.Partitions.Find(topic, part.Partition);
        if (partition is null)
        {
            answer.ErrorCode = ErrorCode.UnknownTopicOrPartition;
            return answer;
        }
        answer.ErrorCode = partition.Log.IsOffline
            ? ErrorCode.KafkaStorageError
            : partition.CheckEpoch(part.CurrentLeaderEpoch);
        if (answer.ErrorCode == ErrorCode.None)
        {
            var end = partition.Log.Epochs.EndOffsetForEpoch(
                new LeaderEpoch(part.LeaderEpoch), partition.Log.EndOffset);
            answer.LeaderEpoch = end.Epoch.Value;
            answer.EndOffset = end.Start.Value;
        }
        return answer;
    }
}
