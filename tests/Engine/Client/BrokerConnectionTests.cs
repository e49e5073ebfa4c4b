using System.Collections.Generic;
using Testbed.Client;
using Testbed.Foundation;
using Testbed.Wire;
using Testbed.Wire.Messages;
using Xunit;

namespace Testbed.Tests.Engine.Client;

/// <summary>One connection to one broker, which does what the test says.</summary>
public sealed class BrokerConnectionTests
{
    private readonly ClientWorld _world = new();
    private readonly List<EngineOp<RequestOutcome<MetadataResponse>>> _sent = [];

    private FakeCluster Cluster => _world.Cluster;

    [Fact]
    public void Requests_are_sent_before_earlier_ones_are_answered_and_answered_in_order()
    {
        Cluster.Intercept = ask =>
            ask.Request is MetadataRequest ? Reply.After(100, () => Numbered(ask)) : null;
        var connection = Connect();
        _world.Do(() => Send(connection, 5));
        _world.Pass(450);
        Assert.Equal(4, AnsweredCount());
        _world.Pass(200);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal($"{i + 1}", Outcome(i).Response!.ClusterId);    // request 0 asked for the versions
        }
        End(connection);
    }

    [Fact]
    public void No_more_requests_are_in_flight_than_allowed()
    {
        Cluster.Intercept = ask => ask.Request is MetadataRequest ? Reply.Silence : null;
        var connection = Connect(new ConnectionOptions { InFlightMax = 2 });
        _world.Do(() => Send(connection, 5));
        _world.Pass(1_000);
        Assert.Equal(2, Cluster.AskedCount(ApiKey.Metadata));
        End(connection);
        Assert.All(_sent, sent => Assert.Equal(CloseReason.Local, sent.Result.Reason));
        Assert.Equal([true, true, false, false, false], _sent.ConvertAll(sent => sent.Result.WasSent));
    }

    [Fact]
    public void More_requests_than_may_wait_are_refused()
    {
        Cluster.Intercept = ask => ask.Request is MetadataRequest ? Reply.Silence : null;
        var connection = Connect(new ConnectionOptions { WaitingMax = 3 });
        _world.Do(() => Send(connection, 4));
        Assert.Equal(RequestStatus.QueueFull, Outcome(3).Status);
        End(connection);
    }

    [Theory]
    [InlineData(0, 13, 13)]
    [InlineData(0, 9, 9)]
    [InlineData(4, 99, 13)]
    public void The_newest_version_that_both_sides_have_is_used(short lowest, short highest, short expected)
    {
        Cluster.Versions[ApiKey.Metadata] = (lowest, highest);
        var connection = Connect();
        _world.Do(() => Send(connection, 1));
        _world.Pass(1_000);
        Assert.Equal(expected, Outcome(0).Version);
        Assert.Equal(expected, Cluster.Asked[^1].Version);
        End(connection);
    }

    [Fact]
    public void An_api_without_a_common_version_is_unsupported_and_the_connection_stays()
    {
        Cluster.Versions[ApiKey.Metadata] = (14, 15);
        var connection = Connect();
        _world.Do(() => Send(connection, 1));
        _world.Pass(1_000);
        Assert.Equal(RequestStatus.Unsupported, Outcome(0).Status);
        Assert.False(Outcome(0).WasSent);
        Assert.NotNull(connection.Versions);
        End(connection);
    }

    [Theory]
    [InlineData(3, true, 2)]
    [InlineData(0, true, 2)]
    [InlineData(0, false, 2)]
    [InlineData(2, false, 3)]    // told nothing: version 0 is what every broker has, and it tells the rest
    public void A_broker_that_refuses_the_version_question_is_asked_in_an_older_one(
        short highest, bool tells, int questionsMax)
    {
        Cluster.Versions[ApiKey.ApiVersions] = (0, highest);
        Cluster.TellsVersionsOnRefusal = tells;
        var connection = Connect();
        _world.Do(() => Send(connection, 1));
        _world.Pass(1_000);
        Assert.True(Outcome(0).IsAnswered);
        Assert.Equal(1, Cluster.ConnectionCount);
        Assert.Equal(1, Cluster.AskedCount(ApiKey.ApiVersions));    // those refused do not count
        Assert.True(questionsMax >= 2);
        Assert.Equal(tells ? highest : 0, Cluster.Asked[0].Version);
        End(connection);
    }

    [Fact]
    public void An_answer_to_another_request_ends_the_connection()
    {
        Cluster.Intercept = ask => ask.Request is MetadataRequest
            ? new Reply { Bytes = [0, 0, 0, 8, 0, 0, 0, 99, 0, 0, 0, 0] }
            : null;
        AssertMalformed();
    }

    [Fact]
    public void Bytes_that_are_no_answer_end_the_connection()
    {
        Cluster.Intercept = ask => ask.Request is MetadataRequest
            ? new Reply { Bytes = [0, 0, 0, 6, 0, 0, 0, 1, 0, 0xFF] }
            : null;
        AssertMalformed();
    }

    [Fact]
    public void An_answer_that_nobody_asked_for_ends_the_connection()
    {
        Cluster.Intercept = ask => ask.Request is ApiVersionsRequest
            ? null
            : new Reply { Bytes = [0x7F, 0, 0, 0] };
        AssertMalformed();
    }

    [Fact]
    public void A_request_without_an_answer_times_out_and_takes_those_behind_it_along()
    {
        Cluster.Intercept = ask => ask.Request is MetadataRequest ? Reply.Silence : null;
        var connection = Connect();
        _world.Do(() => Send(connection, 1, timeoutMs: 500));
        _world.Do(() => Send(connection, 1, timeoutMs: 5_000));
        _world.Pass(600);
        Assert.Equal(RequestStatus.TimedOut, Outcome(0).Status);
        Assert.True(Outcome(0).WasSent);
        Assert.Equal(RequestStatus.Closed, Outcome(1).Status);
        Assert.Equal(CloseReason.Timeout, Outcome(1).Reason);
        End(connection);
    }

    [Fact]
    public void A_request_that_waits_for_its_turn_times_out_alone()
    {
        Cluster.Intercept = ask =>
            ask.Request is MetadataRequest ? Reply.After(1_000, () => Numbered(ask)) : null;
        var connection = Connect(new ConnectionOptions { InFlightMax = 1 });
        _world.Do(() => Send(connection, 1, timeoutMs: 5_000));
        _world.Do(() => Send(connection, 1, timeoutMs: 500));
        _world.Do(() => Send(connection, 1, timeoutMs: 5_000));
        _world.Pass(3_000);
        Assert.True(Outcome(0).IsAnswered);
        Assert.Equal(RequestStatus.TimedOut, Outcome(1).Status);
        Assert.False(Outcome(1).WasSent);
        Assert.True(Outcome(2).IsAnswered);
        End(connection);
    }

    [Fact]
    public void What_was_asked_of_a_refused_connection_fails_and_attempts_become_rarer()
    {
        _world.World.Crash(Cluster.Brokers[0].Id, Sim.CrashKind.Process);
        var connection =
            Connect(new ConnectionOptions { ReconnectBackoffMs = 100, ReconnectBackoffMaxMs = 400 });
        var pauses = new List<long>();
        var last = _world.World.Now;
        for (var i = 0; i < 6; i++)
        {
            _world.Do(() => Send(connection, 1));
            while (!_sent[^1].IsCompleted)
            {
                _world.Pass(1);
            }
            Assert.Equal(CloseReason.Refused, Outcome(i).Reason);
            Assert.False(Outcome(i).WasSent);
            pauses.Add(_world.World.Now.MsSince(last));
            last = _world.World.Now;
        }
        Assert.InRange(pauses[1], 80, 180);
        Assert.InRange(pauses[2], 160, 300);
        Assert.InRange(pauses[3], 320, 540);
        Assert.InRange(pauses[5], 320, 540);
        End(connection);
    }

    [Fact]
    public void After_a_loss_the_next_request_connects_again()
    {
        var connection = Connect();
        _world.Do(() => Send(connection, 1));
        _world.Pass(1_000);
        _world.World.Network.ResetConnections(_world.Client, Cluster.Brokers[0].Id);
        _world.Pass(1_000);
        Assert.Equal(CloseReason.Reset, connection.LastFailure);
        _world.Do(() => Send(connection, 1));
        _world.Pass(1_000);
        Assert.True(Outcome(1).IsAnswered);
        Assert.Equal(2, Cluster.ConnectionCount);
        Assert.Null(connection.LastFailure);
        End(connection);
    }

    [Fact]
    public void A_broker_that_never_answers_the_version_question_is_given_up()
    {
        Cluster.Intercept = _ => Reply.Silence;
        var connection = Connect(new ConnectionOptions { SetupTimeoutMs = 700 });
        _world.Do(() => Send(connection, 1, timeoutMs: 10_000));
        _world.Pass(1_000);
        Assert.Equal(RequestStatus.Closed, Outcome(0).Status);
        Assert.Equal(CloseReason.Timeout, Outcome(0).Reason);
        Assert.False(Outcome(0).WasSent);
        End(connection);
    }

    [Fact]
    public void A_request_that_wants_no_answer_is_done_when_it_is_sent()
    {
        Cluster.Intercept = ask => ask.Request is ProduceRequest ? Reply.Silence : null;
        var connection = Connect();
        var sent = _world.Await(() => connection.Send<ProduceResponse>(
            new ProduceRequest(), new RequestTerms(1_000, HasNoAnswer: true)));
        Assert.True(sent.IsAnswered);
        Assert.Null(sent.Response);
        _world.Do(() => Send(connection, 1));
        _world.Pass(1_000);
        Assert.True(Outcome(0).IsAnswered);
        Assert.Equal(1, Cluster.AskedCount(ApiKey.Produce));
        End(connection);
    }

    [Fact]
    public void A_closed_connection_fails_what_is_asked_of_it()
    {
        var connection = Connect();
        _world.Do(connection.Close);
        _world.Do(() => Send(connection, 1));
        Assert.Equal(RequestStatus.Closed, Outcome(0).Status);
        Assert.Equal(0, Cluster.ConnectionCount);
    }

    private static MetadataResponse Numbered(Ask ask) => new() { ClusterId = $"{ask.Number}" };

    private BrokerConnection Connect(ConnectionOptions? options = null) =>
        new(_world.Shard, Cluster.Brokers[0].Address, options ?? new ConnectionOptions());

    private void Send(BrokerConnection connection, int count, long timeoutMs = 30_000)
    {
        for (var i = 0; i < count; i++)
        {
            _sent.Add(connection.Send<MetadataResponse>(new MetadataRequest(), new RequestTerms(timeoutMs)));
        }
    }

    private RequestOutcome<MetadataResponse> Outcome(int index) => _sent[index].Result;

    private int AnsweredCount() => _sent.FindAll(sent => sent.IsCompleted).Count;

    private void AssertMalformed()
    {
        var connection = Connect();
        _world.Do(() => Send(connection, 2));
        _world.Pass(1_000);
        Assert.Equal(CloseReason.Malformed, Outcome(0).Reason);
        Assert.Equal(CloseReason.Malformed, Outcome(1).Reason);
        Assert.Equal(CloseReason.Malformed, connection.LastFailure);
        End(connection);
    }

    private void End(BrokerConnection connection)
    {
        _world.Do(connection.Close);
        _world.AssertNothingLeaks();
    }
}
