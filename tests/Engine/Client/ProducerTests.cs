using System.Linq;
using Testbed.Client;
using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Wire;
using Testbed.Wire.Messages;
using Testbed.Wire.Records;
using Xunit;

namespace Testbed.Tests.Engine.Client;

/// <summary>What a producer does while all goes well, and its bounds.</summary>
public sealed class ProducerTests
{
    private readonly ClientWorld _world = new(brokerCount: 2);
    private readonly ClusterClient _client;

    public ProducerTests()
    {
        Cluster.AddTopic("t", 3);
        _client = _world.NewClient();
    }

    private FakeCluster Cluster => _world.Cluster;

    [Fact]
    public void Each_record_is_told_where_it_is_stored()
    {
        var (producer, sends) = NewProducer();
        _world.Do(() => SendMany(sends, 10));
        Flush(producer);
        Assert.Equal(10, sends.Results.Count);
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(ProduceStatus.Stored, sends.Results[i].Status);
            Assert.Equal(new TopicPartition("t", 0), sends.Results[i].Partition);
            Assert.Equal(new Offset(i), sends.Results[i].Offset);
            Assert.Equal(i, sends.Results[i].Sequence);
            Assert.Equal(1000, sends.Results[i].Identity.Id.Value);
        }
        Assert.Equal(Enumerable.Range(0, 10).Select(i =>
            $"v{i}"), Cluster.Partition("t").Records().ConvertAll(r => r.Value));
        End(producer);
    }

    [Fact]
    public void Key_value_headers_and_time_arrive_as_they_were_sent()
    {
        var (producer, _) = NewProducer();
        var record = new ProducerRecord("t", "key"u8.ToArray(), null)
        {
            Partition = 0,
            TimestampMs = 1234,
            Headers = new[] { new RecordHeader("h", "x"u8.ToArray()), new RecordHeader("h", null) },
        };
        Assert.True(_world.Await(() => producer.Send(record)).IsStored);
        var batch = new RecordBatch(Cluster.Partition("t").Batches[0]);
        var reader = new RecordReader(batch.Body, batch.RecordsCount);
        Assert.True(reader.TryRead(out var stored));
        Assert.Equal("key"u8.ToArray(), stored.Key.ToArray());
        Assert.True(stored.Value.IsNull);
        Assert.Equal(1234, batch.TimestampOf(stored));
        Assert.Equal(2, stored.Headers.Count);
        End(producer);
    }

    [Fact]
    public void Records_that_come_within_the_linger_time_travel_together()
    {
        var (producer, sends) = NewProducer(new ProducerOptions { LingerMs = 50 });
        for (var i = 0; i < 5; i++)
        {
            _world.Do(() => SendMany(sends, 1));
            _world.Pass(5);
        }
        _world.Pass(200);
        Assert.Single(Cluster.Partition("t").Batches);
        Assert.Equal(5, sends.Results.Count);
        End(producer);
    }

    [Fact]
    public void Without_linger_records_sent_in_one_turn_travel_together_at_once()
    {
        var (producer, sends) = NewProducer(new ProducerOptions { LingerMs = 0 });
        _world.Do(() => SendMany(sends, 5));
        _world.Pass(200);
        Assert.Single(Cluster.Partition("t").Batches);
        End(producer);
    }

    [Fact]
    public void A_batch_is_no_larger_than_its_size_and_full_batches_do_not_linger()
    {
        var (producer, sends) =
            NewProducer(new ProducerOptions { BatchSizeBytes = 1_000, LingerMs = 10_000 });
        _world.Do(() => SendMany(sends, 100, valueSize: 50));
        _world.Pass(2_000);
        var batches = Cluster.Partition("t").Batches;
        Assert.InRange(batches.Count, 6, 20);
        Assert.All(batches, batch => Assert.InRange(batch.Length, 100, 1_000));
        Assert.InRange(sends.Results.Count, 80, 99);    // the last batch lingers
        Flush(producer);
        Assert.Equal(100, sends.Results.Count);
        End(producer);
    }

    [Fact]
    public void Batches_of_several_partitions_share_a_request()
    {
        var (producer, sends) = NewProducer();
        _world.Do(() =>
        {
            sends.Send("a", partition: 0);
            sends.Send("b", partition: 1);
            sends.Send("c", partition: 2);
        });
        Flush(producer);
        var asks = Cluster.Asked.FindAll(ask => ask.Request is ProduceRequest);
        Assert.Equal([2, 1], asks.OrderBy(ask => ask.Broker.Value)
            .Select(ask => ask.As<ProduceRequest>().TopicData[0].PartitionData.Count));
        End(producer);
    }

    [Fact]
    public void No_more_than_five_batches_of_a_partition_are_on_their_way()
    {
        var waiting = 0;
        var waitingMax = 0;
        Cluster.Intercept = ask =>
        {
            waiting += ask.Request is ProduceRequest ? 1 : 0;
            waitingMax = System.Math.Max(waiting, waitingMax);
            return ask.Request is ProduceRequest ? Reply.After(50, () =>
            {
                waiting--;
                return Cluster.Answer(ask);
            }) : null;
        };
        var (producer, sends) = NewProducer(new ProducerOptions { BatchSizeBytes = 100 });
        _world.Do(() => SendMany(sends, 50, valueSize: 60));
        Flush(producer);
        Assert.All(sends.Results.Values, result => Assert.True(result.IsStored));
        // the fake handles one at a time; what is behind it waits in the connection
        Assert.Equal(1, waitingMax);
        var sequences = Cluster.Partition("t").Batches.ConvertAll(batch =>
            new RecordBatch(batch).BaseSequence);
        Assert.Equal(sequences.Order(), sequences);
        End(producer);
    }

    [Theory]
    [InlineData(CompressionCodec.Gzip)]
    [InlineData(CompressionCodec.Snappy)]
    [InlineData(CompressionCodec.Lz4)]
    [InlineData(CompressionCodec.Zstd)]
    public void Batches_are_packed_by_the_codec(CompressionCodec codec)
    {
        var (producer, sends) = NewProducer(new ProducerOptions { Codec = codec });
        _world.Do(() => SendMany(sends, 100));
        Flush(producer);
        if (!Codecs.IsAvailable(codec))
        {
            Assert.All(sends.Results.Values, result =>
                Assert.Equal(ErrorCode.UnsupportedCompressionType, result.Error));
            return;
        }
        Assert.Equal((int)codec, new RecordBatch(Cluster.Partition("t").Batches[0]).Attributes.CodecId);
        Assert.Equal(100, Cluster.Partition("t").Records().Count);
        End(producer);
    }

    [Fact]
    public void Records_of_one_key_go_where_Kafkas_clients_send_them()
    {
        var (producer, sends) = NewProducer();
        Prepare(producer);
        string[] keys = ["21", "foobar", "abc", "a-little-bit-long-string"];
        _world.Do(() =>
        {
            foreach (var key in keys)
            {
                sends.Send("v", key: key, partition: null);
            }
        });
        Flush(producer);
        var expected = keys.Select(key => Murmur2.PartitionOf(System.Text.Encoding.UTF8.GetBytes(key), 3));
        Assert.Equal(expected, sends.Results.Values.Select(result => result.Partition.Partition));
        End(producer);
    }

    [Fact]
    public void Records_without_a_key_stick_to_a_partition_for_a_batch()
    {
        var (producer, sends) = NewProducer(new ProducerOptions { BatchSizeBytes = 2_000 });
        Prepare(producer);
        _world.Do(() => SendMany(sends, 200, valueSize: 60, partition: null));
        Flush(producer);
        var partitions = sends.Results.Values.Select(result => result.Partition.Partition).ToList();
        var changes = partitions.Zip(partitions.Skip(1)).Count(pair => pair.First != pair.Second);
        Assert.InRange(changes, 1, 20);
        Assert.Equal(3, partitions.Distinct().Count());
        End(producer);
    }

    [Fact]
    public void Records_without_a_key_go_round_where_that_is_asked_for()
    {
        var (producer, sends) = NewProducer(new ProducerOptions { Keyless = KeylessPartitions.RoundRobin });
        Prepare(producer);
        _world.Do(() => SendMany(sends, 6, partition: null));
        Flush(producer);
        Assert.Equal([0, 1, 2, 0, 1, 2], sends.Results.Values.Select(result => result.Partition.Partition));
        End(producer);
    }

    [Fact]
    public void With_acks_none_a_record_is_done_when_it_is_sent()
    {
        var (producer, sends) = NewProducer(new ProducerOptions { Acks = Acks.None, IsIdempotent = false });
        Cluster.Intercept = ask => ask.Request is ProduceRequest ? Reply.After(1, () =>
        {
            Cluster.Answer(ask);
            return null;
        }) : null;
        _world.Do(() => SendMany(sends, 10));
        Flush(producer);
        Assert.All(sends.Results.Values, result =>
            Assert.True(result.IsStored && result.Offset == Offset.None));
        _world.Pass(1_000);
        Assert.Equal(10, Cluster.Partition("t").Records().Count);
        Assert.Equal(0, Cluster.AskedCount(ApiKey.InitProducerId));
        End(producer);
    }

    [Fact]
    public void A_producer_without_idempotence_stamps_nothing()
    {
        var (producer, sends) = NewProducer(new ProducerOptions { Acks = Acks.Leader, IsIdempotent = false });
        _world.Do(() => SendMany(sends, 1));
        Flush(producer);
        Assert.False(new RecordBatch(Cluster.Partition("t").Batches[0]).HasProducerId);
        Assert.True(sends.Results[0].Identity.IsNone);
        End(producer);
    }

    [Fact]
    public void Records_beyond_the_buffer_are_not_taken_until_there_is_room()
    {
        var (producer, sends) = NewProducer(new ProducerOptions { BufferBytesMax = 1_000 });
        _world.Do(() => SendMany(sends, 30, valueSize: 60));
        Assert.False(producer.HasRoom);
        Assert.True(_world.Await(() => producer.WaitForRoom(Instant.Never)));
        Flush(producer);
        var refused = sends.Results.Values.Count(result => result.Status == ProduceStatus.NoRoom);
        Assert.InRange(refused, 15, 25);
        Assert.Equal(30 - refused, Cluster.Partition("t").Records().Count);
        Assert.All(sends.Results.Values, result => Assert.True(result.IsStored || !result.MayBeStored));
        End(producer);
    }

    [Fact]
    public void A_record_larger_than_a_request_is_refused()
    {
        var (producer, sends) = NewProducer(new ProducerOptions { RequestBytesMax = 1_000 });
        _world.Do(() => SendMany(sends, 1, valueSize: 1_000));
        Flush(producer);
        Assert.Equal(ErrorCode.MessageTooLarge, sends.Results[0].Error);
        End(producer);
    }

    [Fact]
    public void A_record_for_a_topic_that_nobody_knows_needs_a_partition()
    {
        var (producer, sends) = NewProducer();
        Assert.Equal(ErrorCode.UnknownTopicOrPartition,
            _world.Run(() => producer.Prepare("unknown", _world.Shard.Now.PlusMs(500))));
        _world.Do(() => sends.Send("v", topic: "unknown", partition: null));
        Flush(producer);
        Assert.Equal(ErrorCode.UnknownTopicOrPartition, sends.Results[0].Error);
        End(producer);
    }

    [Fact]
    public void Closing_tells_every_record_that_has_no_result()
    {
        Cluster.Intercept = ask =>
            ask.Request is ProduceRequest ? Reply.After(500, () => Cluster.Answer(ask)) : null;
        var (producer, sends) = NewProducer(new ProducerOptions { BatchSizeBytes = 200, LingerMs = 1_000 });
        _world.Do(() => SendMany(sends, 20, valueSize: 60));
        _world.Pass(200);
        _world.Do(producer.Close);
        _world.Do(() => SendMany(sends, 1));
        _world.Pass(2_000);
        Assert.Equal(21, sends.Results.Count);
        var stored = sends.Results.Values.Where(result => result.IsStored).ToList();
        Assert.NotEmpty(stored);                                  // in flight when it was closed
        Assert.Equal(Cluster.Partition("t").Records().Count, stored.Count);
        Assert.All(sends.Results.Values, result =>
            Assert.True(result.IsStored || result.Status == ProduceStatus.Closed));
        End(producer);
    }

    private (Producer Producer, Sends Sends) NewProducer(ProducerOptions? options = null)
    {
        var producer = new Producer(_client, options ?? new ProducerOptions());
        return (producer, new Sends(producer));
    }

    private static void SendMany(Sends sends, int count, int valueSize = 0, int? partition = 0)
    {
        for (var i = 0; i < count; i++)
        {
            sends.Send($"v{sends.Sent.Count}".PadRight(valueSize, '.'), partition: partition);
        }
    }

    private void Prepare(Producer producer) =>
        Assert.Equal(ErrorCode.None, _world.Run(() => producer.Prepare("t", Instant.Never)));

    private void Flush(Producer producer)
    {
        Assert.True(_world.Await(() => producer.Flush(_world.Shard.Now.PlusMs(200_000))));
        Assert.Equal(0, producer.UnsettledCount);
    }

    private void End(Producer producer)
    {
        _world.Do(producer.Close);
        _world.Do(_client.Close);
        _world.AssertNothingLeaks();
    }
}
