using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Client;

/// <summary>
/// Decides by its answer what becomes of a batch that was sent, and learns from answers who leads partitions.
/// Asks for a turn when a pause that an answer has caused is over.
/// </summary>
internal sealed class ProduceSettler : IDeadlineSink<ProducerPartition>
{
    private readonly ClusterClient _cluster;
    private readonly ProducerOptions _options;
    private readonly IBatchOwner _owner;
    private readonly ProduceSender _sender;
    private readonly DeadlineQueue<ProducerPartition> _pauses;

    public ProduceSettler(
        ClusterClient cluster, ProducerOptions options, IBatchOwner owner, ProduceSender sender)
    {
        _cluster = cluster;
        _options = options;
        _owner = owner;
        _sender = sender;
        _pauses = new DeadlineQueue<ProducerPartition>(cluster.Shard, this);
    }

    /// <summary>Nothing is sent again any more.</summary>
    public bool IsClosed { get; set; }

    /// <summary>The result of the first record of a batch that is not stored.</summary>
    public static ProduceResult Failure(ProducerBatch batch, ProduceStatus status, ErrorCode error) =>
        new(status, batch.Partition.Id)
        {
            Error = error,
            MayBeStored = batch.MayBeStored,
            Identity = batch.Identity,
            Sequence = batch.BaseSequence,
        };

    public void Settle(ProduceCall call)
    {
        var outcome = call.Outcome;
        for (var i = 0; i < call.Parts.Count; i++)
        {
            var batch = call.Parts[i].Batch;
            batch.MayBeStored |= outcome.WasSent && !outcome.IsAnswered;
            var answer = outcome.TryResponse(out var response)
                ? call.AnswerTo(i, response) ?? NoAnswer(ErrorCode.UnknownServerError)
                : NoAnswer(outcome.Error);
            LearnLeader(batch.Partition.Id, answer, response);
            Settle(batch, answer);
            SettleLost(batch.Partition);
        }
    }

    /// <summary>Gives up on whatever a partition has that is not in flight.</summary>
    public void RefuseAllAtHome(ProducerPartition partition, ProduceStatus status, ErrorCode error)
    {
        var batches = new List<ProducerBatch>();
        partition.TakeAllAtHome(batches);
        foreach (var batch in batches)
        {
            _owner.OnSettled(batch, Failure(batch, status, error));
        }
    }

    /// <summary>A partition's pause after a failure is over.</summary>
    void IDeadlineSink<ProducerPartition>.OnDeadline(ProducerPartition row) => _sender.PostTurn();

    /// <summary>
    /// A request without an answer, as an answer. With acks=0 there is none even when all is well.
    /// </summary>
    private static ProduceResponsePartitionProduceResponse NoAnswer(ErrorCode error) =>
        new() { ErrorCode = error, BaseOffset = Offset.None.Value };

    private void Settle(ProducerBatch batch, ProduceResponsePartitionProduceResponse answer)
    {
        var partition = batch.Partition;
        batch.LastError = answer.ErrorCode;
        batch.MayBeStored |= ProduceVerdicts.MayBeStored(answer.ErrorCode);
        switch (ProduceVerdicts.Of(answer.ErrorCode, _options.IsIdempotent))
        {
            case ProduceVerdict.Stored:
                partition.OnStored(batch);
                _owner.OnSettled(batch, Success(batch, answer));
                break;
            case ProduceVerdict.Retry or ProduceVerdict.OutOfSequence when IsClosed:
                partition.OnRefused(batch);
                _owner.OnSettled(batch, Failure(batch, ProduceStatus.Closed, answer.ErrorCode));
                break;
            case ProduceVerdict.Retry:
                partition.OnRetry(batch, _cluster.Shard.Now);
                Pause(partition);
                break;
            case ProduceVerdict.OutOfSequence:
                _cluster.Shard.Trace.Mark("client.producer-out-of-sequence");
                partition.OnOutOfSequence(batch, _cluster.Shard.Now);
                Pause(partition);
                break;
            case ProduceVerdict.Fenced:
                partition.OnFenced(batch);
                _owner.OnSettled(batch, Refusal(batch, answer));
                break;
            default:
                partition.OnRefused(batch);
                _owner.OnSettled(batch, Refusal(batch, answer));
                break;
        }
    }

    private void SettleLost(ProducerPartition partition)
    {
        while (partition.TryTakeLost(out var lost))
        {
            _cluster.Shard.Trace.Mark("client.producer-gave-up-behind-gap");
            _owner.OnSettled(lost, Failure(lost, ProduceStatus.Refused, ErrorCode.OutOfOrderSequenceNumber));
        }
    }

    /// <summary>
    /// Whatever the partition has by then wants a turn when the pause is over, also if this batch was given
    /// up.
    /// </summary>
    private void Pause(ProducerPartition partition) => _pauses.Add(partition.RetryAt, partition);

    private void LearnLeader(
        TopicPartition partition, ProduceResponsePartitionProduceResponse answer, ProduceResponse? response)
    {
        if (!ProduceVerdicts.IsAboutMetadata(answer.ErrorCode))
        {
            return;
        }
        var leader = answer.CurrentLeader;
        var endpoint = response?.NodeEndpoints.Find(other => other.NodeId == leader.LeaderId);
        NetworkAddress? address = endpoint is null ? null : new NetworkAddress(endpoint.Host, endpoint.Port);
        if (!_cluster.TryLearnLeader(
            partition, new NodeId(leader.LeaderId), new LeaderEpoch(leader.LeaderEpoch), address))
        {
            _cluster.MarkStale(partition.Topic);
        }
    }

    private static ProduceResult Refusal(
        ProducerBatch batch, ProduceResponsePartitionProduceResponse answer) =>
        Failure(batch, ProduceStatus.Refused, answer.ErrorCode) with { Message = answer.ErrorMessage };

    private static ProduceResult Success(
        ProducerBatch batch, ProduceResponsePartitionProduceResponse answer) =>
        new(ProduceStatus.Stored, batch.Partition.Id)
        {
            Offset = new Offset(answer.BaseOffset),
            LogAppendTimeMs = answer.LogAppendTimeMs,
            Identity = batch.Identity,
            Sequence = batch.BaseSequence,
        };
}
