using System.Linq;
using Testbed.Client;
using Testbed.Foundation;
using Testbed.Tests.Engine.Wire;
using Testbed.Wire;
using Testbed.Wire.Messages;
using Xunit;
using Xunit.Abstractions;

namespace Testbed.Tests.Engine.Client;

/// <summary>
/// An idempotent producer against a cluster where anything goes wrong at random: requests and answers are
/// lost, come late, are refused; leaders move; connections break; brokers stall. What is told of every record
/// must be true.
/// </summary>
public sealed class ProducerUnderFaultsTests(ITestOutputHelper output)
{
    private const int RunCount = 150;
    private const int RecordCount = 120;
    private const int PartitionCount = 2;

    [Fact]
    public void Records_are_stored_once_and_in_order_whatever_happens_on_the_way()
    {
        var seed = TestSeed.Next(output);
        for (var run = 0; run < RunCount; run++)
        {
            Run(unchecked((ulong)(seed + run)), deliveryTimeoutMs: 300_000, refusals: false);
        }
    }

    [Fact]
    public void Results_are_true_when_records_are_given_up_too()
    {
        var seed = TestSeed.Next(output);
        for (var run = 0; run < RunCount; run++)
        {
            Run(unchecked((ulong)(seed + run)), deliveryTimeoutMs: 3_000, refusals: true);
        }
    }

    private void Run(ulong seed, long deliveryTimeoutMs, bool refusals)
    {
        var world = new ClientWorld(brokerCount: 3, seed);
        var chance = new Prng(seed);
        world.Cluster.AddTopic("t", PartitionCount);
        var client = world.NewClient(new ConnectionOptions { SetupTimeoutMs = 500 });
        var producer = new Producer(client, new ProducerOptions
        {
            BatchSizeBytes = 200,
            RequestTimeoutMs = 700,
            DeliveryTimeoutMs = deliveryTimeoutMs,
        });
        var sends = new Sends(producer);
        world.Cluster.Intercept = ask => Disturb(world, chance, ask, refusals);
        for (var i = 0; i < RecordCount; i++)
        {
            world.Do(() => sends.Send(
                $"v{sends.Sent.Count}".PadRight(30, '.'), partition: chance.Below(PartitionCount)));
            world.Pass(chance.Chance(1, 20) ? 1_000 : chance.Below(15));
            if (chance.Chance(1, 60))
            {
                world.World.Network.ResetConnections(world.Client, new NodeId(1 + chance.Below(3)));
            }
        }
        world.Cluster.Intercept = _ => null;
        Assert.True(world.Await(() => producer.Flush(world.Shard.Now.PlusMs(400_000))), $"seed {seed}");
        Check(world, sends, isComplete: !refusals, $"seed {seed}");
        world.Do(producer.Close);
        world.Do(client.Close);
        world.AssertNothingLeaks();
    }

    private static Reply? Disturb(ClientWorld world, Prng chance, Ask ask, bool refusals)
    {
        if (chance.Chance(1, 25))
        {
            world.Cluster.MoveLeader("t", chance.Below(PartitionCount), new NodeId(1 + chance.Below(3)));
        }
        var isProduce = ask.Request is ProduceRequest;
        return chance.Below(isProduce ? 40 : 80) switch
        {
            0 => Reply.Close,
            1 => Reply.Silence,
            2 => AnswerLost(world, ask),
            3 => Reply.After(chance.Below(2_000), () => world.Cluster.Answer(ask)),
            4 when isProduce => Handled(world, ask, ErrorCode.RequestTimedOut),
            5 when isProduce => Refused(ask, ErrorCode.NotEnoughReplicas),
            6 when isProduce => Refused(ask, ErrorCode.NotLeaderOrFollower),
            7 when isProduce && refusals => Refused(ask, ErrorCode.MessageTooLarge),
            _ => Reply.After(chance.Below(20), () => world.Cluster.Answer(ask)),
        };
    }

    private static Reply AnswerLost(ClientWorld world, Ask ask)
    {
        world.Cluster.Answer(ask);
        return Reply.Close;
    }

    /// <summary>Stored, and reported as an error all the same.</summary>
    private static Reply Handled(ClientWorld world, Ask ask, ErrorCode error)
    {
        var response = (ProduceResponse)world.Cluster.Answer(ask);
        foreach (var part in response.Responses.SelectMany(topic => topic.PartitionResponses))
        {
            part.ErrorCode = part.ErrorCode == ErrorCode.None ? error : part.ErrorCode;
        }
        return Reply.With(response);
    }

    private static Reply Refused(Ask ask, ErrorCode error)
    {
        var response = new ProduceResponse();
        foreach (var topic in ask.As<ProduceRequest>().TopicData)
        {
            var answer =
                new ProduceResponseTopicProduceResponse { Name = topic.Name, TopicId = topic.TopicId };
            answer.PartitionResponses.AddRange(topic.PartitionData.ConvertAll(part =>
                new ProduceResponsePartitionProduceResponse { Index = part.Index, ErrorCode =
                    error, BaseOffset = -1 }));
            response.Responses.Add(answer);
        }
        return Reply.With(response);
    }

    private static void Check(ClientWorld world, Sends sends, bool isComplete, string seed)
    {
        Assert.Equal(sends.Sent.Count, sends.Results.Count);
        var numbers = sends.Sent.Select((sent, number) => (sent.Value, number)).ToDictionary(pair =>
            pair.Value, pair => pair.number);
        for (var partition = 0; partition < PartitionCount; partition++)
        {
            var log = world.Cluster.Partition("t", partition).Records().ConvertAll(record => record.Value!);
            Assert.True(log.Count == log.Distinct().Count(), $"stored twice: {seed}");
            var order = log.ConvertAll(value => numbers[value]);
            Assert.True(order.SequenceEqual(order.Order()), $"out of order: {seed}");
            foreach (var (number, result) in sends.Results.Where(pair =>
                pair.Value.Partition.Partition == partition))
            {
                var at = log.IndexOf(sends.Sent[(int)number].Value);
                Assert.True(!isComplete || result.IsStored, $"{result}: {seed}");
                Assert.True(!result.IsStored || at >= 0, $"not stored: {seed}");
                Assert.True(!result.IsStored || result.Offset == Offset.None
                    || result.Offset.Value == at, $"elsewhere: {seed}");
                Assert.True(result.IsStored || result.MayBeStored || at < 0, $"stored, {result}: {seed}");
            }
        }
    }
}
