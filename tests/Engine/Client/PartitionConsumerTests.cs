using System.Collections.Generic;
using System.Linq;
using System.Text;
using Testbed.Client;
using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Wire;
using Testbed.Wire.Messages;
using Testbed.Wire.Records;
using Xunit;

namespace Testbed.Tests.Engine.Client;

/// <summary>Reading partitions of which the test writes the logs.</summary>
public sealed class PartitionConsumerTests
{
    private static readonly TopicPartition First = new("t", 0);
    private static readonly TopicPartition Second = new("t", 1);
    private readonly ClientWorld _world = new(brokerCount: 2);
    private readonly ClusterClient _client;

    public PartitionConsumerTests()
    {
        Cluster.AddTopic("t", 2);
        _client = _world.NewClient();
    }

    private FakeCluster Cluster => _world.Cluster;

    [Theory]
    [InlineData(CompressionCodec.None)]
    [InlineData(CompressionCodec.Gzip)]
    [InlineData(CompressionCodec.Snappy)]
    public void Records_come_in_order_from_the_offset_asked_for(CompressionCodec codec)
    {
        Append(0, ["a", "b", "c"], codec);
        Append(0, ["d", "e"], codec);
        var consumer = NewConsumer((First, 1));
        Assert.Equal(["1:b", "2:c", "3:d", "4:e"], ReadAll(consumer, 4));
        Assert.Equal(new Offset(5), consumer.Position(First));
        End(consumer);
    }

    [Fact]
    public void A_record_is_read_as_it_was_written()
    {
        var builder = new RecordBatchBuilder(new BufferPool(1 << 20, poison: true));
        builder.Begin(RecordBatchOptions.Default);
        builder.Append(77, OptionalBytes.Null, System.Array.Empty<byte>(),
            [new RecordHeader("h", null), new RecordHeader("i", "x"u8.ToArray())]);
        builder.Build(out var batch);
        Cluster.Partition("t").Append(batch.Memory);
        var consumer = NewConsumer((First, 0));
        var record = Assert.Single(Poll(consumer).Records);
        Assert.Equal((77L, TimestampType.CreateTime), (record.TimestampMs, record.TimestampType));
        Assert.Null(record.Key);
        Assert.Equal(0, record.Value!.Value.Length);
        Assert.Equal(["h", "i"], record.Headers.Select(header => header.Key));
        Assert.Null(record.Headers[0].Value);
        Assert.Equal("x"u8.ToArray(), record.Headers[1].Value!.Value.ToArray());
        End(consumer);
    }

    [Fact]
    public void A_poll_waits_for_records_and_ends_with_nothing_at_its_deadline()
    {
        var consumer = NewConsumer((First, 0));
        var before = _world.World.Now;
        Assert.True(Poll(consumer, 2_000).IsNothing);
        Assert.InRange(_world.World.Now.MsSince(before), 1_990, 2_010);
        _world.World.At(_world.World.Now.PlusMs(3_000), () => Append(0, ["late"]));
        Assert.Equal(["0:late"], ReadAll(consumer, 1));
        Assert.InRange(Cluster.AskedCount(ApiKey.Fetch), 3, 15);    // long polls, not a busy loop
        End(consumer);
    }

    [Fact]
    public void Partitions_take_turns_and_share_a_request_where_one_broker_leads_them()
    {
        Cluster.MoveLeader("t", 1, new NodeId(1));
        Append(0, ["a"]);
        Append(1, ["b"]);
        var consumer = NewConsumer((First, 0), (Second, 0));
        Assert.Equal(["0:a", "0:b"], ReadAll(consumer, 2).Order());
        Assert.Equal(2, Cluster.Asked.First(ask =>
            ask.Request is FetchRequest).As<FetchRequest>().Topics[0].Partitions.Count);
        End(consumer);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void An_offset_out_of_range_is_told_and_the_partition_rests_until_it_is_sought(int side)
    {
        Append(0, ["a", "b", "c"]);
        Cluster.Partition("t").Start = 1;
        var consumer = NewConsumer((First, side < 0 ? 0 : 9));
        var poll = Poll(consumer);
        Assert.Equal(First, poll.Partition);
        Assert.Equal(ErrorCode.OffsetOutOfRange, poll.Error);
        Assert.True(Poll(consumer, 1_000).IsNothing);
        _world.Do(() => consumer.Seek(First, new Offset(1)));
        Assert.Equal(["1:b", "2:c"], ReadAll(consumer, 2));
        End(consumer);
    }

    [Fact]
    public void Damaged_batches_are_not_given_out()
    {
        Append(0, ["a"]);
        Append(0, ["b"]);
        Cluster.Partition("t").Batches[1][^1] ^= 1;
        var consumer = NewConsumer((First, 0));
        Assert.Equal(["0:a"], ReadAll(consumer, 1));
        Assert.Equal(ErrorCode.CorruptMessage, Poll(consumer).Error);
        Assert.Equal(new Offset(1), consumer.Position(First));
        End(consumer);
    }

    [Fact]
    public void Control_batches_are_passed_over()
    {
        Append(0, ["a"]);
        Mark(producerId: 5, isCommit: true);
        Append(0, ["b"]);
        var consumer = NewConsumer((First, 0));
        Assert.Equal(["0:a", "2:b"], ReadAll(consumer, 2));
        End(consumer);
    }

    [Theory]
    [InlineData(IsolationLevel.ReadUncommitted, "0:a 1:x 2:y 4:x2 6:b")]
    [InlineData(IsolationLevel.ReadCommitted, "0:a 2:y 4:x2 6:b")]
    public void Records_of_aborted_transactions_are_seen_only_when_uncommitted_ones_are(
        IsolationLevel isolation, string expected)
    {
        Append(0, ["a"]);
        Append(0, ["x"], producerId: 5);
        Append(0, ["y"], producerId: 6);
        Mark(producerId: 5, isCommit: false);
        Append(0, ["x2"], producerId: 5);
        Mark(producerId: 5, isCommit: true);
        Append(0, ["b"]);
        Cluster.Partition("t").Aborted.Add((5, 1));
        var consumer = new PartitionConsumer(_client, new ConsumerOptions { Isolation = isolation });
        consumer.Assign(First, Offset.Zero);
        Assert.Equal(expected.Split(' '), ReadAll(consumer, expected.Split(' ').Length));
        End(consumer);
    }

    [Fact]
    public void When_the_leader_moves_reading_goes_on_there()
    {
        Append(0, ["a"]);
        var consumer = NewConsumer((First, 0));
        Assert.Equal(["0:a"], ReadAll(consumer, 1));
        Cluster.MoveLeader("t", 0, new NodeId(2));
        Append(0, ["b"]);
        Assert.Equal(["1:b"], ReadAll(consumer, 1));
        Assert.Equal(2, Cluster.Asked[^1].Broker.Value);
        End(consumer);
    }

    [Fact]
    public void Lost_answers_are_asked_for_again()
    {
        Append(0, ["a", "b"]);
        var lost = 0;
        Cluster.Intercept = ask => ask.Request is FetchRequest && lost++ < 3 ? Reply.Close : null;
        var consumer = NewConsumer((First, 0));
        Assert.Equal(["0:a", "1:b"], ReadAll(consumer, 2));
        End(consumer);
    }

    [Fact]
    public void What_was_fetched_before_a_seek_is_not_given_out_after_it()
    {
        Append(0, ["a", "b", "c"]);
        Cluster.Intercept = ask =>
            ask.Request is FetchRequest ? Reply.After(100, () => Cluster.Answer(ask)) : null;
        var consumer = NewConsumer((First, 0));
        _world.World.At(_world.World.Now.PlusMs(60), () => consumer.Seek(First, new Offset(2)));
        Assert.Equal(["2:c"], ReadAll(consumer, 1));
        End(consumer);
    }

    [Fact]
    public void A_partition_given_up_is_not_read_any_more()
    {
        Append(0, ["a"]);
        Append(1, ["b"]);
        var consumer = NewConsumer((First, 0), (Second, 0));
        _world.Do(() => Assert.True(consumer.Unassign(First)));
        Assert.Equal(["0:b"], ReadAll(consumer, 1));
        Assert.True(Poll(consumer, 1_000).IsNothing);
        End(consumer);
    }

    [Fact]
    public void A_batch_cut_off_at_the_end_of_an_answer_is_read_by_the_next()
    {
        Append(0, ["a"]);
        Append(0, ["b"]);
        var isFirst = true;
        Cluster.Intercept = ask =>
        {
            if (ask.Request is not FetchRequest || !isFirst)
            {
                return null;
            }
            isFirst = false;
            var response = (FetchResponse)Cluster.Answer(ask);
            var data = response.Responses[0].Partitions[0];
            data.Records = RecordData.Copied(data.Records.Memory[..^3]);
            return Reply.With(response);
        };
        var consumer = NewConsumer((First, 0));
        Assert.Equal(["0:a", "1:b"], ReadAll(consumer, 2));
        End(consumer);
    }

    [Fact]
    public void Beginning_and_end_of_a_partition_are_found()
    {
        Append(0, ["a", "b", "c"]);
        Cluster.Partition("t").Start = 1;
        var finder = new OffsetFinder(_client);
        Cluster.MoveLeader("t", 0, new NodeId(2));
        Assert.Equal(new Offset(1), Find(finder, OffsetFinder.Earliest).Offset);
        Cluster.MoveLeader("t", 0, new NodeId(1));    // found again after a refusal
        Assert.Equal(new Offset(3), Find(finder, OffsetFinder.Latest).Offset);
        Assert.Equal(ErrorCode.UnknownTopicOrPartition, _world.Run(() => finder.Find(
            new TopicPartition("t", 9), OffsetFinder.Latest, default, _world.Shard.Now.PlusMs(500))).Error);
        _world.Do(_client.Close);
        _world.AssertNothingLeaks();
    }

    private OffsetAnswer Find(OffsetFinder finder, long timestamp) =>
        _world.Run(() => finder.Find(First, timestamp, default, _world.Shard.Now.PlusMs(10_000)));

    private PartitionConsumer NewConsumer(params (TopicPartition Partition, long From)[] assignment)
    {
        var consumer = new PartitionConsumer(_client, new ConsumerOptions());
        foreach (var (partition, from) in assignment)
        {
            consumer.Assign(partition, new Offset(from));
        }
        return consumer;
    }

    private ConsumerPoll Poll(PartitionConsumer consumer, long waitMs = 30_000) =>
        _world.Run(() => consumer.Poll(waitMs));

    private List<string> ReadAll(PartitionConsumer consumer, int count)
    {
        var read = new List<string>();
        while (read.Count < count)
        {
            var poll = Poll(consumer);
            Assert.False(poll.IsNothing);
            Assert.Equal(ErrorCode.None, poll.Error);
            read.AddRange(poll.Records.Select(record =>
                $"{record.Offset}:{Encoding.UTF8.GetString(record.Value!.Value.Span)}"));
        }
        return read;
    }

    private void Append(
        int partition, string[] values, CompressionCodec codec = CompressionCodec.None, long producerId = -1)
    {
        var builder = new RecordBatchBuilder(new BufferPool(1 << 20, poison: true));
        builder.Begin(new RecordBatchOptions
        {
            Codec = codec,
            ProducerId = producerId,
            IsTransactional = producerId >= 0,
        });
        foreach (var value in values)
        {
            builder.Append(1, OptionalBytes.Null, Encoding.UTF8.GetBytes(value));
        }
        builder.Build(out var batch);
        Store(partition, batch.Memory);
    }

    private void Mark(long producerId, bool isCommit)
    {
        var builder = new RecordBatchBuilder(new BufferPool(1 << 20, poison: true));
        builder.Begin(
            new RecordBatchOptions { ProducerId = producerId, IsTransactional = true, IsControl = true });
        new EndTransactionMarker(0).AppendTo(builder, 1, isCommit);
        builder.Build(out var batch);
        Store(0, batch.Memory);
    }

    private void Store(int partition, System.ReadOnlyMemory<byte> batch)
    {
        var log = Cluster.Partition("t", partition);
        log.ForgetProducers();
        Assert.Equal(ErrorCode.None, log.Append(batch).Error);
    }

    private void End(PartitionConsumer consumer)
    {
        _world.Do(consumer.Close);
        _world.Do(_client.Close);
        _world.AssertNothingLeaks();
    }
}
