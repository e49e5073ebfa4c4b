using System;
using System.Runtime.InteropServices;
using Testbed.Foundation;
using Testbed.Node.Replication;
using Testbed.Wire;
using Testbed.Wire.Messages;
using Testbed.Wire.Records;

namespace Testbed.Node.Requests.Producing;

/// <summary>
/// Produce, versions 3 to 13: checks each partition's batch, appends it, answers when it is committed.
/// </summary>
internal sealed class ProduceHandler : RequestHandler<ProduceRequest>, IDeadlineSink<PendingProduce>
{
    private const short FirstVersionWithTopicIds = 13;

    /// <summary>
    /// A client's timeout bounds how long followers may take. The leader's own write does not count against
    /// it in Kafka, so it gets at least this long, also from clients that would not wait at all.
    /// </summary>
    private const int WriteMs = 1_000;

    private readonly NodeContext _node;
    private readonly BatchAppender _appender;
    private readonly DeadlineQueue<PendingProduce> _waiting;

    public ProduceHandler(NodeContext node)
    {
        _node = node;
        _appender = new BatchAppender(node.Shard);
        _waiting = new DeadlineQueue<PendingProduce>(node.Shard, this);
    }

    public void OnDeadline(PendingProduce row) => row.OnDeadline();

    internal HeapHandle WaitUntil(int timeoutMs, PendingProduce pending) =>
        _waiting.Add(_node.Shard.Now.PlusMs(Math.Max(WriteMs, timeoutMs)), pending);

    internal void StopWaiting(HeapHandle deadline) => _waiting.Remove(deadline);

    /// <summary>
    /// Sends what the client asked to hear: everything, or with acks=0 nothing but a closed connection.
    /// </summary>
    internal void Answer(PendingProduce pending)
    {
        if (pending.Acks != 0)
        {
            pending.Exchange.Respond(pending.Response);
        }
        else if (pending.HasError)
        {
            pending.Exchange.Disconnect();
        }
        else
        {
            pending.Exchange.RespondNothing();
        }
    }

    protected override void Handle(Exchange exchange, ProduceRequest request)
    {
        var pending = new PendingProduce(exchange, this, request.Acks);
        var refusal = RequestRefusal(request);
        foreach (var topic in request.TopicData)
        {
            var answers = new ProduceResponseTopicProduceResponse
            {
                Name = topic.Name,
                TopicId = topic.TopicId,
            };
            pending.Response.Responses.Add(answers);
            foreach (var part in topic.PartitionData)
            {
                var answer = new ProduceResponsePartitionProduceResponse
                {
                    Index = part.Index,
                    BaseOffset = -1,
                    LogStartOffset = -1,
                };
                answers.PartitionResponses.Add(answer);
                if (refusal == ErrorCode.None)
                {
                    Append(pending, topic, part, answer);
                }
                else
                {
                    pending.Fail(answer, refusal, null);
                }
            }
        }
        pending.Complete(request.TimeoutMs);
    }

    private void Append(
        PendingProduce pending,
        ProduceRequestTopicProduceData topic,
        ProduceRequestPartitionProduceData part,
        ProduceResponsePartitionProduceResponse answer)
    {
        var tag = pending.Add(answer);
        var partition = Find(pending.Exchange.Version, topic, part.Index, out var error);
        if (partition is null || Refusal(partition, out error))
        {
            pending.Fail(answer, error, null);
            return;
        }
        var records = MemoryMarshal.AsMemory(part.Records.Memory);
        var outcome = _appender.Append(
            partition, records, pending.Exchange.RequestBuffer, pending.Exchange.Version);
        if (outcome.Error != ErrorCode.None)
        {
            pending.Fail(answer, outcome.Error, outcome.Message);
            answer.LogStartOffset = outcome.LogStartOffset.Value;
            foreach (var flaw in outcome.RecordErrors)
            {
                answer.RecordErrors.Add(new ProduceResponseBatchIndexAndErrorMessage
                {
                    BatchIndex = flaw.BatchIndex,
                    BatchIndexErrorMessage = flaw.Message,
                });
            }
            return;
        }
        answer.BaseOffset = outcome.BaseOffset.Value;
        answer.LogAppendTimeMs = outcome.LogAppendTimeMs;
        answer.LogStartOffset = outcome.LogStartOffset.Value;
        pending.WaitFor(partition, outcome.EndOffset, tag);
    }

    private Partition? Find(
        short version, ProduceRequestTopicProduceData topic, int index, out ErrorCode error)
    {
        var byId = version >= FirstVersionWithTopicIds;
        error = byId && _node.Image.Topic(topic.TopicId) is null
            ? ErrorCode.UnknownTopicId
            : ErrorCode.UnknownTopicOrPartition;
        return byId ? _node.Partitions.Find(topic.TopicId, index) : _node.Partitions.Find(topic.Name, index);
    }

    /// <summary>
    /// What speaks against the whole request: acks nobody has, or transactional records without a
    /// transactional id, which Kafka takes for somebody else's transaction.
    /// </summary>
    private static ErrorCode RequestRefusal(ProduceRequest request)
    {
        if (request.Acks is < -1 or > 1)
        {
            return ErrorCode.InvalidRequiredAcks;
        }
        return request.TransactionalId is null && HasTransactionalRecords(request)
            ? ErrorCode.TransactionalIdAuthorizationFailed
            : ErrorCode.None;
    }

    private static bool HasTransactionalRecords(ProduceRequest request)
    {
        foreach (var topic in request.TopicData)
        {
            foreach (var part in topic.PartitionData)
            {
                var records = part.Records.Memory.Span;
                var frame = BatchFrame.Of(records);
                if (frame.Framing == BatchFraming.Whole
                    && new RecordBatch(records[..(int)frame.SizeBytes]).Attributes.IsTransactional)
                {
                    return true;
                }
            }
        }
        return false;
    }

    /// <summary>What speaks against any append to this partition.</summary>
    private static bool Refusal(Partition partition, out ErrorCode error)
    {
        error = ErrorCode.None;
        if (Controller.TopicNames.IsInternal(partition.Name.Topic))
        {
            error = ErrorCode.InvalidTopicException;
        }
        else if (partition.Log.IsOffline)
        {
            error = ErrorCode.KafkaStorageError;
        }
        return error != ErrorCode.None;
    }
}
