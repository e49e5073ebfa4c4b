using Testbed.Wire;
using Testbed.Wire.Messages;
using Xunit;

namespace Testbed.Tests.Engine.Node;

/// <summary>How long a fetch waits, and for what (min bytes, max wait).</summary>
public sealed class FetchWaitTests
{
    private const short Version = 12;
    private const int BatchBytes = 69;          // of one record with a value of one byte
    private const long RoundTripMsMax = 50;

    private readonly NodeBench _bench = new(1);
    private readonly RawClient _reader;
    private readonly RawClient _writer;

    public FetchWaitTests()
    {
        _reader = _bench.Connect();
        _writer = _bench.Connect();
        _bench.CreateTopic(_writer, "t", 2);
    }

    [Fact]
    public void It_waits_for_as_many_bytes_as_it_wants()
    {
        _reader.Send(Fetch(waitMs: 30_000, minBytes: 2 * BatchBytes), Version, 1);
        Produce();
        _bench.RunForMs(1_000);
        Assert.Empty(_reader.Answers);

        Produce();
        _bench.RunForMs(RoundTripMsMax);

        Assert.Equal((ErrorCode.None, 2L, 2 * BatchBytes), Told(_reader));
    }

    [Fact]
    public void It_is_answered_with_what_there_is_when_its_time_is_up()
    {
        Produce();
        var sent = _bench.World.Now;
        _reader.Send(Fetch(waitMs: 400, minBytes: 100_000), Version, 1);
        _bench.Until(() => _reader.Answers.Count == 1);

        Assert.InRange(_bench.World.Now.MsSince(sent), 400, 400 + RoundTripMsMax);
        Assert.Equal((ErrorCode.None, 1L, BatchBytes), Told(_reader));
    }

    [Theory]
    [InlineData(5_000, 0)]
    [InlineData(0, 1_000)]
    public void It_does_not_wait_for_nothing_or_for_no_time(int waitMs, int minBytes)
    {
        var sent = _bench.World.Now;
        _reader.Send(Fetch(waitMs, minBytes), Version, 1);
        _bench.Until(() => _reader.Answers.Count == 1);

        Assert.InRange(_bench.World.Now.MsSince(sent), 0, RoundTripMsMax);
        Assert.Equal((ErrorCode.None, 0L, 0), Told(_reader));
    }

    [Fact]
    public void An_offset_out_of_range_answers_the_whole_fetch_at_once()
    {
        var request = Fetch(waitMs: 6_000);
        request.Topics[0].Partitions.Add(new FetchRequestPartition { Partition = 1, FetchOffset = 44 });
        var sent = _bench.World.Now;
        _reader.Send(request, Version, 1);
        _bench.Until(() => _reader.Answers.Count == 1);

        Assert.InRange(_bench.World.Now.MsSince(sent), 0, RoundTripMsMax);
        var partitions = _reader.Read<FetchResponse>(0, Version).Responses[0].Partitions;
        Assert.Equal((ErrorCode.None, 0L), (partitions[0].ErrorCode, partitions[0].HighWatermark));
        Assert.Equal(
            (ErrorCode.OffsetOutOfRange, -1L), (partitions[1].ErrorCode, partitions[1].HighWatermark));
    }

    [Fact]
    public void A_partition_that_is_not_there_does_not_shorten_the_wait()
    {
        var request = Fetch(waitMs: 1_200);
        request.Topics[0].Partitions.Add(new FetchRequestPartition { Partition = 9 });
        var sent = _bench.World.Now;
        _reader.Send(request, Version, 1);
        _bench.Until(() => _reader.Answers.Count == 1);

        Assert.InRange(_bench.World.Now.MsSince(sent), 1_200, 1_200 + RoundTripMsMax);
        var partitions = _reader.Read<FetchResponse>(0, Version).Responses[0].Partitions;
        Assert.Equal(ErrorCode.None, partitions[0].ErrorCode);
        Assert.Equal(ErrorCode.UnknownTopicOrPartition, partitions[1].ErrorCode);
    }

    [Fact]
    public void A_topic_that_is_deleted_while_it_waits_ends_the_wait()
    {
        _reader.Send(Fetch(waitMs: 30_000), Version, 1);
        _bench.RunForMs(200);
        Assert.Empty(_reader.Answers);

        _bench.Ask<DeleteTopicsResponse>(_writer, NodeBench.Deletion("t"), 6);
        _bench.RunForMs(RoundTripMsMax);

        Assert.Equal((ErrorCode.UnknownTopicOrPartition, -1L, 0), Told(_reader));
    }

    [Fact]
    public void A_topic_made_anew_under_its_name_is_not_what_a_waiting_fetch_hears_of()
    {
        _reader.Send(Fetch(waitMs: 30_000), Version, 1);
        _bench.RunForMs(200);
        _writer.Send(NodeBench.Deletion("t"), 6, 100);
        _writer.Send(NodeBench.Creation("t", 1), 7, 101);
        _bench.RunForMs(1_000);
        Produce();
        _bench.RunForMs(RoundTripMsMax);

        Assert.Equal((ErrorCode.UnknownTopicOrPartition, -1L, 0), Told(_reader));
    }

    [Fact]
    public void Bytes_of_a_partition_it_does_not_ask_for_do_not_wake_it()
    {
        _reader.Send(Fetch(waitMs: 3_000), Version, 1);
        var other = _bench.Produce("t", "a");
        other.TopicData[0].PartitionData[0].Index = 1;
        _bench.Ask<ProduceResponse>(_writer, other, 9);
        _bench.RunForMs(1_000);

        Assert.Empty(_reader.Answers);
    }

    private static FetchRequest Fetch(int waitMs, int minBytes = 1) =>
        NodeBench.Fetch("t", 0, waitMs, minBytes);

    private void Produce()
    {
        var answer = _bench.Ask<ProduceResponse>(_writer, _bench.Produce("t", "a"), 9);
        Assert.Equal(ErrorCode.None, answer.Responses[0].PartitionResponses[0].ErrorCode);
    }

    private static (ErrorCode Error, long HighWatermark, int SizeBytes) Told(RawClient reader)
    {
        var partition = Assert.Single(reader.Read<FetchResponse>(0, Version).Responses[0].Partitions);
        return (partition.ErrorCode, partition.HighWatermark, partition.Records.SizeBytes);
    }
}
