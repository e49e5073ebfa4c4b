using System.Collections.Generic;
using Testbed.Client;
using Testbed.Foundation;
using Testbed.Sim;
using Testbed.Wire;
using Testbed.Wire.Messages;
using Xunit;

namespace Testbed.Tests.Engine.Client;

/// <summary>Finding the way in a cluster of three brokers.</summary>
public sealed class ClusterClientTests
{
    private readonly ClientWorld _world = new(brokerCount: 3);

    private FakeCluster Cluster => _world.Cluster;

    [Fact]
    public void The_leader_of_a_partition_is_found_by_asking_any_broker()
    {
        Cluster.AddTopic("t", 3);
        var client = _world.NewClient();
        Assert.Equal(2, FindLeader(client, 1).Leader.Node.Value);
        Assert.Equal(3, FindLeader(client, 2).Leader.Node.Value);
        Assert.Equal(1, Cluster.AskedCount(ApiKey.Metadata));    // one answer tells all partitions
        End(client);
    }

    [Fact]
    public void Brokers_that_are_down_are_passed_over()
    {
        Cluster.AddTopic("t");
        Cluster.Partition("t").Leader = new NodeId(3);
        _world.World.Crash(new NodeId(1), CrashKind.Process);
        _world.World.Crash(new NodeId(2), CrashKind.PowerCut);
        var client = _world.NewClient(new ConnectionOptions { SetupTimeoutMs = 1_000 });
        Assert.Equal(3, FindLeader(client).Leader.Node.Value);
        End(client);
    }

    [Fact]
    public void When_no_broker_can_be_reached_the_deadline_ends_the_search()
    {
        foreach (var broker in Cluster.Brokers)
        {
            _world.World.Crash(broker.Id, CrashKind.Process);
        }
        var client = _world.NewClient();
        var before = _world.World.Now;
        Assert.Equal(ErrorCode.NetworkException, FindLeader(client, timeoutMs: 3_000).Error);
        Assert.InRange(_world.World.Now.MsSince(before), 2_900, 3_100);
        Assert.Equal(CloseReason.Refused, client.LastFailure);
        End(client);
    }

    [Fact]
    public void A_topic_that_appears_later_is_waited_for()
    {
        var client = _world.NewClient();
        _world.World.At(_world.World.Now.PlusMs(2_000), () => Cluster.AddTopic("t"));
        Assert.True(FindLeader(client, timeoutMs: 10_000).IsFound);
        Assert.InRange(Cluster.AskedCount(ApiKey.Metadata), 2, 25);    // not more often than the first pause
        End(client);
    }

    [Fact]
    public void A_topic_that_never_appears_is_an_error_at_the_deadline()
    {
        var client = _world.NewClient();
        Assert.Equal(ErrorCode.UnknownTopicOrPartition, FindLeader(client, timeoutMs: 1_000).Error);
        End(client);
    }

    [Fact]
    public void A_topic_that_may_not_be_seen_is_an_error_at_once()
    {
        Cluster.Intercept = ask => ask.Request is MetadataRequest { Topics.Count: > 0 }
            ? Reply.With(new MetadataResponse
            {
                Topics = [new MetadataResponseTopic { Name = "t", ErrorCode =
                    ErrorCode.TopicAuthorizationFailed }],
            })
            : null;
        var client = _world.NewClient();
        Assert.Equal(ErrorCode.TopicAuthorizationFailed, FindLeader(client, timeoutMs: 60_000).Error);
        Assert.Equal(1, Cluster.AskedCount(ApiKey.Metadata));
        End(client);
    }

    [Fact]
    public void Stale_knowledge_is_renewed_by_an_answer_to_a_later_question_only()
    {
        Cluster.AddTopic("t");
        var client = _world.NewClient();
        FindLeader(client);
        Cluster.Intercept = ask =>
            ask.Request is MetadataRequest ? Reply.After(300, () => Cluster.Answer(ask)) : null;
        _world.Pass(1_000);
        _world.Do(() => _ = client.Refresh(Instant.Never));     // asked before the mark
        _world.Pass(150);
        _world.Do(() => client.MarkStale("t"));
        Assert.True(FindLeader(client).IsFound);
        Assert.Equal(3, Cluster.AskedCount(ApiKey.Metadata));
        End(client);
    }

    [Fact]
    public void A_broker_that_lags_behind_does_not_bring_an_old_leader_back()
    {
        Cluster.AddTopic("t");
        Cluster.MoveLeader("t", 0, new NodeId(2));
        var client = _world.NewClient();
        Assert.Equal(new LeaderEpoch(1), FindLeader(client).Leader.Epoch);
        Cluster.Partition("t").Leader = new NodeId(1);
        Cluster.Partition("t").Epoch = new LeaderEpoch(0);
        _world.Do(() => client.MarkStale("t"));
        var leader = FindLeader(client).Leader;
        Assert.Equal(2, leader.Node.Value);
        Assert.Equal(new LeaderEpoch(1), leader.Epoch);
        End(client);
    }

    [Fact]
    public void A_topic_created_anew_starts_with_its_own_epochs()
    {
        Cluster.AddTopic("t");
        Cluster.MoveLeader("t", 0, new NodeId(2));
        var client = _world.NewClient();
        FindLeader(client);
        Cluster.Topics.Remove("t");
        Cluster.AddTopic("other");
        Cluster.AddTopic("t");
        _world.Do(() => client.MarkStale("t"));
        Assert.Equal(new LeaderEpoch(0), FindLeader(client).Leader.Epoch);
        End(client);
    }

    [Fact]
    public void A_question_for_any_broker_goes_to_the_next_when_one_is_lost()
    {
        var lost = 0;
        Cluster.Intercept = ask => ask.Request is InitProducerIdRequest && lost++ < 2 ? Reply.Close : null;
        var client = _world.NewClient();
        var outcome = _world.Run(() => client.SendToAny<InitProducerIdResponse>(
            new InitProducerIdRequest(), new RequestTerms(30_000), isRepeatable: true));
        Assert.True(outcome.IsAnswered);
        Assert.Equal(3, new HashSet<NodeId>(Cluster.Asked.FindAll(ask => ask.Request is InitProducerIdRequest)
            .ConvertAll(ask => ask.Broker)).Count);
        End(client);
    }

    [Fact]
    public void A_change_that_may_have_reached_a_broker_is_not_sent_again()
    {
        Cluster.Intercept = ask => ask.Request is CreateTopicsRequest ? Reply.Close : null;
        var client = _world.NewClient();
        var result = _world.Run(() =>
            new Testbed.Client.Admin(client).CreateTopics([new NewTopic("t")], 30_000));
        Assert.Equal(ErrorCode.NetworkException, result.Error);
        Assert.Equal(1, Cluster.AskedCount(ApiKey.CreateTopics));
        End(client);
    }

    [Fact]
    public void Closing_ends_a_search()
    {
        var client = _world.NewClient();
        _world.World.At(_world.World.Now.PlusMs(1_000), () => client.Close());
        Assert.False(FindLeader(client, timeoutMs: 60_000).IsFound);
        Assert.InRange(_world.World.Now.Ticks / Instant.TicksPerMs, 900, 5_000);
        _world.AssertNothingLeaks();
    }

    private LeaderLookup FindLeader(ClusterClient client, int partition = 0, long timeoutMs = 30_000) =>
        _world.Run(() =>
            client.FindLeader(new TopicPartition("t", partition), _world.Shard.Now.PlusMs(timeoutMs)));

    private void End(ClusterClient client)
    {
        _world.Do(client.Close);
        _world.AssertNothingLeaks();
    }
}
