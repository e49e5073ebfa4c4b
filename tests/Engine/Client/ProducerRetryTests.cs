using System.Collections.Generic;
using System.Linq;
using Testbed.Client;
using Testbed.Foundation;
using Testbed.Wire;
using Testbed.Wire.Messages;
using Testbed.Wire.Records;
using Xunit;

namespace Testbed.Tests.Engine.Client;

/// <summary>
/// What a producer does when requests fail: every record once, in order, and a result in time.
/// </summary>
public sealed class ProducerRetryTests
{
    private readonly ClientWorld _world = new(brokerCount: 2);
    private readonly ClusterClient _client;
    private readonly Producer _producer;
    private readonly Sends _sends;

    public ProducerRetryTests()
    {
        Cluster.AddTopic("t");
        _client = _world.NewClient();
        _producer = new Producer(_client, new ProducerOptions
        {
            BatchSizeBytes = 150,
            RequestTimeoutMs = 1_000,
            DeliveryTimeoutMs = 10_000,
        });
        _sends = new Sends(_producer);
    }

    private FakeCluster Cluster => _world.Cluster;

    private FakePartition Log => Cluster.Partition("t");

    [Fact]
    public void A_lost_answer_is_asked_for_again_with_the_same_sequence_and_stored_once()
    {
        FailProduce(number: 1, (ask, _) =>
        {
            Cluster.Answer(ask);
            return Reply.Close;
        });
        SendAll(1);
        var asks = Produces();
        Assert.Equal(2, asks.Count);
        Assert.Equal(Header(asks[0]), Header(asks[1]));
        AssertAllStoredOnceInOrder();
        Assert.Equal(new Offset(0), _sends.Results[0].Offset);
    }

    [Fact]
    public void A_lost_request_takes_those_behind_it_along_and_order_stays()
    {
        FailProduce(number: 3, (_, _) => Reply.Close);
        SendAll(20);
        AssertAllStoredOnceInOrder();
        Assert.True(Cluster.ConnectionCount >= 2);
    }

    [Fact]
    public void When_the_leader_moves_records_follow_it_in_order()
    {
        var produced = 0;
        Cluster.Intercept = ask =>
        {
            if (ask.Request is ProduceRequest && ++produced == 4)
            {
                Cluster.MoveLeader("t", 0, new NodeId(2));
            }
            return null;
        };
        SendAll(30);
        AssertAllStoredOnceInOrder();
        Assert.Contains(Produces(), ask => ask.Broker == new NodeId(2));
    }

    [Fact]
    public void A_leader_named_in_the_refusal_is_believed_without_asking()
    {
        SendAll(1);
        var questionsBefore = Cluster.AskedCount(ApiKey.Metadata);
        Cluster.MoveLeader("t", 0, new NodeId(2));
        Cluster.Intercept = ask => ask.Request is ProduceRequest request && ask.Broker == new NodeId(1)
            ? Reply.With(Refusal(request, ErrorCode.NotLeaderOrFollower, leader: 2, epoch: 1))
            : null;
        SendAll(1);
        AssertAllStoredOnceInOrder();
        Assert.Equal(questionsBefore, Cluster.AskedCount(ApiKey.Metadata));
    }

    [Theory]
    [InlineData(ErrorCode.NotEnoughReplicas)]
    [InlineData(ErrorCode.RequestTimedOut)]
    [InlineData(ErrorCode.KafkaStorageError)]
    [InlineData(ErrorCode.CorruptMessage)]
    [InlineData(ErrorCode.UnknownTopicOrPartition)]
    public void Errors_that_may_pass_are_tried_again(ErrorCode error)
    {
        FailProduce(number: 2, (_, request) => Reply.With(Refusal(request, error)));
        SendAll(20);
        AssertAllStoredOnceInOrder();
    }

    [Fact]
    public void The_first_batch_goes_alone_until_it_is_stored()
    {
        FailProduce(number: 1, (_, request) => Reply.With(Refusal(request, ErrorCode.NotEnoughReplicas)));
        SendAll(20);
        AssertAllStoredOnceInOrder();
        var first = Produces().TakeWhile(ask => Header(ask).Sequence == 0).Count();
        Assert.Equal(2, first);    // nothing was sent between the refusal and the retry
        Assert.All(Log.Batches, batch => Assert.Equal(0, new RecordBatch(batch).ProducerEpoch));
    }

    [Fact]
    public void A_batch_refused_for_good_fails_alone_and_those_behind_it_start_the_next_epoch()
    {
        SendAll(1);
        FailProduce(number: 1, (_, request) => Reply.With(Refusal(request, ErrorCode.MessageTooLarge)));
        SendAll(20);
        var failed = _sends.Results.Values.Where(result => !result.IsStored).ToList();
        Assert.InRange(failed.Count, 1, 5);
        Assert.All(failed, result => Assert.Equal(ErrorCode.MessageTooLarge, result.Error));
        Assert.All(failed, result => Assert.False(result.MayBeStored));
        AssertStoredAreThereInOrder();
        Assert.Equal([0, 1], Log.Batches.Select(batch =>
            (int)new RecordBatch(batch).ProducerEpoch).Distinct());
        Assert.Contains("client.producer-out-of-sequence", _world.World.Trace.Marks.Keys);
    }

    [Fact]
    public void A_broker_that_has_lost_the_producers_state_gets_the_rest_in_the_next_epoch()
    {
        SendAll(5);
        Cluster.Intercept = ask => ask.Request is ProduceRequest request && Header(ask).Epoch == 0
            ? Reply.With(Refusal(request, ErrorCode.UnknownProducerId))
            : null;
        SendAll(20);
        AssertAllStoredOnceInOrder();
        Assert.Equal(1, new RecordBatch(Log.Batches[^1]).ProducerEpoch);
        Assert.Equal(0, Header(Produces().First(ask => Header(ask).Epoch == 1)).Sequence);
    }

    [Fact]
    public void An_old_duplicate_counts_as_stored_without_an_offset()
    {
        FailProduce(number: 1, (_, request) =>
            Reply.With(Refusal(request, ErrorCode.DuplicateSequenceNumber)));
        SendAll(1);
        Assert.True(_sends.Results[0].IsStored);
        Assert.Equal(Offset.None, _sends.Results[0].Offset);
    }

    [Fact]
    public void A_fenced_producer_fails_what_it_sent_and_goes_on_under_another_id()
    {
        SendAll(1);
        FailProduce(number: 1, (_, request) => Reply.With(Refusal(request, ErrorCode.InvalidProducerEpoch)));
        SendAll(1);
        Assert.Equal(ErrorCode.InvalidProducerEpoch, _sends.Results[1].Error);
        SendAll(1);
        Assert.True(_sends.Results[2].IsStored);
        Assert.Equal(1001, _sends.Results[2].Identity.Id.Value);
        AssertStoredAreThereInOrder();
    }

    [Fact]
    public void Records_whose_time_is_up_fail_in_time_and_say_that_they_may_be_stored()
    {
        SendAll(1);
        Cluster.Intercept = ask => ask.Request is ProduceRequest ? Reply.Silence : null;
        var before = _world.World.Now;
        SendAll(1);
        Assert.InRange(_world.World.Now.MsSince(before), 9_900, 10_200);
        Assert.Equal(ProduceStatus.TimedOut, _sends.Results[1].Status);
        Assert.True(_sends.Results[1].MayBeStored);
        Cluster.Intercept = _ => null;
        SendAll(5);
        Assert.All(_sends.Results.Values.Skip(2), result => Assert.True(result.IsStored));
        AssertStoredAreThereInOrder();
    }

    [Fact]
    public void Records_that_never_left_are_certainly_not_stored_when_their_time_is_up()
    {
        foreach (var broker in Cluster.Brokers)
        {
            _world.World.Crash(broker.Id, Sim.CrashKind.Process);
        }
        SendAll(3);
        Assert.All(_sends.Results.Values, result => Assert.Equal(ProduceStatus.TimedOut, result.Status));
        Assert.All(_sends.Results.Values, result => Assert.False(result.MayBeStored));
    }

    [Fact]
    public void A_cluster_that_gives_no_producer_id_refuses_the_records()
    {
        Cluster.Intercept = ask => ask.Request is InitProducerIdRequest
            ? Reply.With(new InitProducerIdResponse { ErrorCode = ErrorCode.ClusterAuthorizationFailed })
            : null;
        SendAll(3);
        Assert.All(_sends.Results.Values, result =>
            Assert.Equal(ErrorCode.ClusterAuthorizationFailed, result.Error));
        Cluster.Intercept = _ => null;
        SendAll(1);
        Assert.True(_sends.Results[3].IsStored);
    }

    [Fact]
    public void A_producer_id_that_is_slow_to_come_is_waited_for()
    {
        var asked = 0;
        Cluster.Intercept = ask => ask.Request is InitProducerIdRequest && asked++ < 3
            ? Reply.With(new InitProducerIdResponse { ErrorCode = ErrorCode.CoordinatorLoadInProgress })
            : null;
        SendAll(3);
        AssertAllStoredOnceInOrder();
    }

    private static ProduceResponse Refusal(
        ProduceRequest request, ErrorCode error, int leader = -1, int epoch = -1)
    {
        var response = new ProduceResponse();
        foreach (var topic in request.TopicData)
        {
            var answer =
                new ProduceResponseTopicProduceResponse { Name = topic.Name, TopicId = topic.TopicId };
            foreach (var part in topic.PartitionData)
            {
                answer.PartitionResponses.Add(new ProduceResponsePartitionProduceResponse
                {
                    Index = part.Index,
                    ErrorCode = error,
                    BaseOffset = -1,
                    CurrentLeader =
                        new ProduceResponseLeaderIdAndEpoch { LeaderId = leader, LeaderEpoch = epoch },
                });
            }
            response.Responses.Add(answer);
        }
        return response;
    }

    private static (short Epoch, int Sequence) Header(Ask ask)
    {
        var records = ask.As<ProduceRequest>().TopicData[0].PartitionData[0].Records;
        var batch = new RecordBatch(records.Memory.Span);
        return (batch.ProducerEpoch, batch.BaseSequence);
    }

    private List<Ask> Produces() => Cluster.Asked.FindAll(ask => ask.Request is ProduceRequest);

    /// <summary>
    /// Has the Produce request of this number, counted from 1 and from now, answered otherwise.
    /// </summary>
    private void FailProduce(int number, System.Func<Ask, ProduceRequest, Reply> reply)
    {
        var count = 0;
        Cluster.Intercept = ask =>
            ask.Request is ProduceRequest request && ++count == number ? reply(ask, request) : null;
    }

    private void SendAll(int count)
    {
        _world.Do(() =>
        {
            for (var i = 0; i < count; i++)
            {
                _sends.Send($"v{_sends.Sent.Count}".PadRight(20, '.'));
            }
        });
        Assert.True(_world.Await(() => _producer.Flush(_world.Shard.Now.PlusMs(100_000))));
        Assert.Equal(_sends.Sent.Count, _sends.Results.Count);
    }

    private void AssertAllStoredOnceInOrder()
    {
        Assert.All(_sends.Results.Values, result => Assert.True(result.IsStored, result.ToString()));
        Assert.Equal(_sends.Sent.Select(sent => sent.Value), Log.Records().Select(record => record.Value!));
        AssertStoredAreThereInOrder();
    }

    private void AssertStoredAreThereInOrder()
    {
        var values = Log.Records();
        var last = -1L;
        foreach (var (number, result) in _sends.Results.Where(pair => pair.Value.IsStored))
        {
            Assert.Equal(_sends.Sent[(int)number].Value, values[(int)result.Offset.Value].Value);
            Assert.True(result.Offset.Value > last);
            last = result.Offset.Value;
        }
        Assert.Equal(values.Count, values.Distinct().Count());
    }
}
