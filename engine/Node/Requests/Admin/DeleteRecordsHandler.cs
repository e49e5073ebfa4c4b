using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Node.Boot;
using Testbed.Node.Controller;
using Testbed.Node.Replication;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Node.Requests.Admin;

/// <summary>
/// DeleteRecords, versions 0 to 2 (KIP-107): moves the log start up, at most to the high watermark.
/// </summary>
public sealed class DeleteRecordsHandler(NodeContext node, PartitionLifecycle partitions)
    : RequestHandler<DeleteRecordsRequest>
{
    private const long ToHighWatermark = -1;

    protected override void Handle(Exchange exchange, DeleteRecordsRequest request) =>
        _ = Answer(exchange, request);

    private async EngineTask Answer(Exchange exchange, DeleteRecordsRequest request)
    {
        var response = new DeleteRecordsResponse();
        foreach (var topic in request.Topics)
        {
            var results = new List<DeleteRecordsResponsePartitionResult>();
            foreach (var part in topic.Partitions)
            {
                results.Add(await Delete(topic.Name, part));
            }
            response.Topics.Add(
                new DeleteRecordsResponseTopicResult { Name = topic.Name, Partitions = results });
        }
        exchange.Respond(response);
    }

    private async EngineTask<DeleteRecordsResponsePartitionResult> Delete(
        string topic, DeleteRecordsRequestPartition part)
    {
        var result = new DeleteRecordsResponsePartitionResult
        {
            PartitionIndex = part.PartitionIndex,
            LowWatermark = -1,
        };
        var partition = node.Partitions.Find(topic, part.PartitionIndex);
        result.ErrorCode = Refusal(topic, partition, part.Offset);
        if (result.ErrorCode != ErrorCode.None)
        {
            return result;
        }
        var start = part.Offset == ToHighWatermark ? partition!.HighWatermark : new Offset(part.Offset);
        partition!.Log.AdvanceStart(start);
        var isKept = await partitions.KeepLogStart(partition);
        result.ErrorCode = isKept ? ErrorCode.None : ErrorCode.KafkaStorageError;
        result.LowWatermark = isKept ? partition.Log.StartOffset.Value : -1;
        return result;
    }

    private static ErrorCode Refusal(string topic, Partition? partition, long offset)
    {
        if (TopicNames.IsInternal(topic))
        {
            return ErrorCode.InvalidTopicException;
        }
        if (partition is null)
        {
            return ErrorCode.UnknownTopicOrPartition;
        }
        if (partition.Log.IsOffline)
        {
            return ErrorCode.KafkaStorageError;
        }
        if (!partition.Settings.IsDeleted)
        {
            return ErrorCode.PolicyViolation;
        }
        return offset < ToHighWatermark || offset > partition.HighWatermark.Value
            ? ErrorCode.OffsetOutOfRange
            : ErrorCode.None;
    }
}
