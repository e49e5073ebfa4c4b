using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Wire;
using Testbed.Wire.Messages;
using Xunit;

namespace Testbed.Tests.Engine.Node;

/// <summary>What a client must not do and still can: it harms nobody but itself.</summary>
public sealed class HostileClientTests
{
    private const short FetchVersion = 12;

    [Fact]
    public void A_partition_forgotten_on_another_connection_is_not_answered()
    {
        var bench = new NodeBench(1);
        var waiting = bench.Connect();
        bench.CreateTopic(waiting, "t", partitions: 2);
        var session = bench.Ask<FetchResponse>(waiting, OfSession(0, 0, [0, 1]), FetchVersion).SessionId;
        Assert.NotEqual(0, session);
        var answers = waiting.Answers.Count;
        waiting.Send(OfSession(session, 1, []), FetchVersion, 1);
        bench.RunForMs(100);

        var other = bench.Connect();
        var forgets = OfSession(session, 2, []);
        forgets.MaxWaitMs = 0;
        forgets.ForgottenTopicsData.Add(new FetchRequestForgottenTopic { Topic = "t", Partitions = [1] });
        Assert.Equal(ErrorCode.None, bench.Ask<FetchResponse>(other, forgets, FetchVersion).ErrorCode);

        bench.Until(() => waiting.Answers.Count > answers);
        Assert.Equal(ErrorCode.None, waiting.Read<FetchResponse>(answers, FetchVersion).ErrorCode);
    }

    private static FetchRequest OfSession(int session, int epoch, IReadOnlyList<int> partitions)
    {
        var request = new FetchRequest
        {
            SessionId = session,
            SessionEpoch = epoch,
            MaxWaitMs = 2_000,
            MinBytes = 1,
        };
        if (partitions.Count > 0)
        {
            var topic = new FetchRequestTopic { Topic = "t" };
            foreach (var partition in partitions)
            {
                topic.Partitions.Add(
                    new FetchRequestPartition { Partition = partition, PartitionMaxBytes = 1_000_000 });
            }
            request.Topics.Add(topic);
        }
        return request;
    }
}
