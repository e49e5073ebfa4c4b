using System.Linq;
using Testbed.Foundation;
using Testbed.Node.Requests.Fetching;
using Testbed.Wire;
using Testbed.Wire.Messages;
using Xunit;

namespace Testbed.Tests.Engine.Node;

public sealed class FetchSessionsTests
{
    private const short ByName = 12;
    private readonly FetchSessions _sessions = new(2, new Prng(1));

    [Fact]
    public void A_full_fetch_with_epoch_zero_opens_a_session()
    {
        var context = Begin(0, 0, "a", "b");

        Assert.NotEqual(0, context.SessionId);
        Assert.Equal(["a", "b"], context.Parts.Select(part => part.Key.Topic));
        Assert.Equal(2, context.PartsToAnswer().Count);
    }

    [Fact]
    public void Epoch_minus_one_opens_none()
    {
        Assert.Equal(0, Begin(0, -1, "a").SessionId);
        Assert.Equal(0, _sessions.Count);
    }

    [Fact]
    public void An_incremental_fetch_names_only_partitions_with_news()
    {
        var id = Open("a", "b");
        var second = WithWatermarks(Begin(id, 1), 0, 7);

        Assert.Equal(["b"], second.PartsToAnswer().Select(part => part.Key.Topic));
        Assert.Empty(WithWatermarks(Begin(id, 2), 0, 7).PartsToAnswer());
    }

    [Fact]
    public void A_partition_in_error_comes_back_each_time()
    {
        var id = Open("a");
        for (var epoch = 1; epoch < 4; epoch++)
        {
            var context = Begin(id, epoch);
            context.Parts[0].Fail(ErrorCode.UnknownTopicOrPartition);
            Assert.Single(context.PartsToAnswer());
        }
    }

    [Fact]
    public void A_partition_that_was_given_data_is_served_last_the_next_time()
    {
        var id = Open("a", "b", "c");
        var context = WithWatermarks(Begin(id, 1), 5, 0, 0);
        context.Parts[0].Records = RecordData.Copied(new byte[61]);
        context.PartsToAnswer();

        Assert.Equal(["b", "c", "a"], Begin(id, 2).Parts.Select(part => part.Key.Topic));
    }

    [Fact]
    public void Wrong_epochs_and_unknown_sessions_are_refused()
    {
        var id = Open("a");

        Assert.Equal(ErrorCode.InvalidFetchSessionEpoch, Begin(id, 2).Error);
        Assert.Equal(ErrorCode.FetchSessionIdNotFound, Begin(id ^ 1, 1).Error);
        Assert.Equal(ErrorCode.None, Begin(id, 1).Error);
        Assert.Equal(ErrorCode.InvalidFetchSessionEpoch, Begin(id, 1).Error);
    }

    [Fact]
    public void Names_and_ids_do_not_mix_in_one_session()
    {
        var id = Open("a");

        Assert.Equal(ErrorCode.FetchSessionTopicIdError, _sessions.Begin(Request(id, 1), 13, default).Error);
    }

    [Fact]
    public void A_forgotten_partition_is_not_asked_for_again()
    {
        var id = Open("a", "b");
        var request = Request(id, 1);
        request.ForgottenTopicsData.Add(new FetchRequestForgottenTopic { Topic = "a", Partitions = [0] });

        Assert.Equal(["b"], _sessions.Begin(request, ByName, default).Parts.Select(part => part.Key.Topic));
    }

    [Fact]
    public void When_all_slots_are_taken_only_a_session_idle_for_two_minutes_gives_way()
    {
        Open("a");
        var second = Open("b");
        Assert.Equal(0, Begin(0, 0, "c").SessionId);

        var later = new Instant(0).PlusMs(130_000);
        _sessions.Begin(Request(second, 1), ByName, later);
        Assert.NotEqual(0, _sessions.Begin(Request(0, 0, "c"), ByName, later).SessionId);
        Assert.Equal(2, _sessions.Count);
    }

    [Fact]
    public void Epochs_go_on_at_one_after_the_largest()
    {
        var session = new FetchSession(1, usesTopicIds: false);
        for (var i = 0; i < 3; i++)
        {
            session.AdvanceEpoch();
        }
        Assert.Equal(4, session.NextEpoch);
    }

    private int Open(params string[] topics)
    {
        var context = WithWatermarks(Begin(0, 0, topics), new long[topics.Length]);
        context.PartsToAnswer();
        return context.SessionId;
    }

    private FetchContext Begin(int session, int epoch, params string[] topics) =>
        _sessions.Begin(Request(session, epoch, topics), ByName, default);

    private static FetchContext WithWatermarks(FetchContext context, params long[] watermarks)
    {
        for (var i = 0; i < watermarks.Length; i++)
        {
            context.Parts[i].HighWatermark = watermarks[i];
        }
        return context;
    }

    private static FetchRequest Request(int session, int epoch, params string[] topics)
    {
        var request = new FetchRequest { SessionId = session, SessionEpoch = epoch };
        foreach (var topic in topics)
        {
            request.Topics.Add(
                new FetchRequestTopic { Topic = topic, Partitions = [new FetchRequestPartition()] });
        }
        return request;
    }
}
