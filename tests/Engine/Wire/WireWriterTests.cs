using System;
using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Wire;
using Testbed.Wire.Messages;
using Xunit;

namespace Testbed.Tests.Engine.Wire;

public sealed class WireWriterTests
{
    private readonly BufferPool _buffers = new(1 << 20, poison: true);
    private readonly NamedFile _file = new();

    [Fact]
    public void A_file_range_is_a_piece_between_buffers_and_counts_in_the_frame()
    {
        var writer = new WireWriter(_buffers);
        writer.BeginFrame();
        writer.WriteInt8(7);
        writer.WriteNullableRecords(true, RecordData.Of(new FileRange(_file, 100, 5000)));
        writer.WriteInt8(8);
        writer.EndFrame();

        var pieces = PiecesOf(writer);
        Assert.Equal(3, pieces.Count);
        // 5004 bytes; 7; 5001 as a uvarint
        Assert.Equal("0000138C" + "07" + "8927", Convert.ToHexString(pieces[0].Memory.Span));
        Assert.Equal(new FileRange(_file, 100, 5000), pieces[1].Range);
        Assert.Equal("08", Convert.ToHexString(pieces[2].Memory.Span));
        Assert.Equal(4 + 5004, writer.SizeBytes);
        Assert.Equal(writer.SizeBytes, pieces.Sum(piece => (long)piece.SizeBytes));
    }

    [Fact]
    public void Each_of_several_frames_counts_its_own_splices()
    {
        var writer = new WireWriter(_buffers);
        foreach (var count in new[] { 1000, 2000 })
        {
            writer.BeginFrame();
            writer.WriteNullableRecords(false, RecordData.Of(new FileRange(_file, 0, count)));
            writer.EndFrame();
        }
        var pieces = PiecesOf(writer);
        Assert.Equal([false, true, false, true], pieces.Select(piece => piece.IsFile));
        Assert.Equal("000003EC000003E8", Convert.ToHexString(pieces[0].Memory.Span));
        Assert.Equal("000007D4000007D0", Convert.ToHexString(pieces[2].Memory.Span));
    }

    [Fact]
    public void Lent_records_are_pointed_at_when_large_and_copied_when_small()
    {
        var large = new byte[WireWriter.LentMinBytes];
        var writer = new WireWriter(_buffers);
        writer.WriteRecords(false, RecordData.Lent(large));
        writer.WriteRecords(false, RecordData.Lent(large.AsMemory(1)));
        writer.WriteRecords(false, RecordData.Copied(large));
        var pieces = PiecesOf(writer);
        Assert.Equal(3, pieces.Count);
        Assert.True(pieces[1].Memory.Equals(large));
        Assert.Equal(8 + large.Length - 1 + large.Length, pieces[2].SizeBytes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(124)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(16380)]
    [InlineData(16385)]
    [InlineData(32767)]
    public void A_tagged_field_of_any_size_has_its_size_in_the_shortest_form(int length)
    {
        var message = new FetchRequest { ClusterId = new string('c', length) };
        var writer = new WireWriter(_buffers);
        message.Write(writer, 12);
        var reader = new WireReader(writer.Written);
        Assert.Equal(message.ClusterId, FetchRequest.Read(ref reader, 12).ClusterId);
        Assert.Equal(0, reader.Remaining);
    }

    [Fact]
    public void Unknown_tags_are_written_between_known_ones_in_order()
    {
        var message = new ApiVersionsResponse
        {
            FinalizedFeaturesEpoch = 5,
            ZkMigrationReady = true,
            UnknownTags = [new UnknownTag(4, new byte[] { 1 }), new UnknownTag(9, default)],
        };
        var writer = new WireWriter(_buffers);
        message.Write(writer, 3);
        var reader = new WireReader(writer.Written);
        Assert.True(MessageFields.AreEqual(message, ApiVersionsResponse.Read(ref reader, 3)));
        var tags = "04" + "01080000000000000005" + "030101" + "040101" + "0900";
        Assert.EndsWith(tags, Convert.ToHexString(writer.Written.Span));

        message.UnknownTags = [new UnknownTag(1, default)];    // known to the schema
        writer.Reset();
        Assert.Throws<InvariantException>(() => message.Write(writer, 3));
        message.UnknownTags = [new UnknownTag(9, default), new UnknownTag(8, default)];
        writer.Reset();
        Assert.Throws<InvariantException>(() => message.Write(writer, 3));
    }

    [Fact]
    public void A_writer_that_is_reset_allocates_nothing()
    {
        var writer = new WireWriter(_buffers);
        var response = new FetchResponse();
        var topic = new FetchResponseFetchableTopicResponse { TopicId = new Uuid(1, 2) };
        topic.Partitions.Add(new FetchResponsePartitionData
        {
            Records = RecordData.Of(new FileRange(_file, 0, 1 << 16)),
            CurrentLeader = new FetchResponseLeaderIdAndEpoch { LeaderId = 1, LeaderEpoch = 2 },
        });
        response.Responses.Add(topic);
        ResponseFrame.Write(writer, 1, response, 17);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            writer.Reset();
            ResponseFrame.Write(writer, 1, response, 17);
            foreach (var piece in writer.Pieces)
            {
                Assert.False(piece.SizeBytes == 0);
            }
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Buffers_are_given_back_while_growing_and_at_the_end()
    {
        var writer = new WireWriter(_buffers);
        writer.WriteRaw(new byte[100_000]);
        Assert.Equal(1, _buffers.OutstandingCount);
        Assert.Equal(new byte[100_000], writer.Written.ToArray());
        writer.Release();
        Assert.Equal(0, _buffers.OutstandingCount);
        Assert.Equal(0, writer.SizeBytes);
        writer.WriteInt8(1);
        Assert.Equal(1, writer.SizeBytes);
    }

    [Fact]
    public void What_a_connection_still_sends_is_not_overwritten()
    {
        var connection = new HoldingConnection();
        var writer = new WireWriter(_buffers);
        writer.WriteInt32(1);
        writer.WriteNullableRecords(false, RecordData.Of(new FileRange(_file, 7, 9)));
        writer.WriteInt8(2);
        writer.SendTo(connection);
        writer.Reset();
        writer.WriteInt32(3);
        writer.SendTo(connection);
        writer.Release();
        Assert.Equal(2, _buffers.OutstandingCount);
        Assert.Equal(["00000001" + "00000009", "7+9", "02", "00000003"], connection.Drain());
        Assert.Equal(0, _buffers.OutstandingCount);
    }

    [Fact]
    public void Lent_records_and_open_frames_are_not_sent_from_here()
    {
        var connection = new HoldingConnection();
        var writer = new WireWriter(_buffers);
        writer.WriteRecords(false, RecordData.Lent(new byte[WireWriter.LentMinBytes]));
        Assert.Throws<InvariantException>(() => writer.SendTo(connection));
        writer.Reset();
        writer.BeginFrame();
        Assert.Throws<InvariantException>(() => writer.SendTo(connection));
    }

    [Fact]
    public void A_field_that_the_version_lacks_must_be_at_its_default()
    {
        var writer = new WireWriter(_buffers);
        var request = new FetchRequest { ReplicaId = 3 };
        request.Write(writer, 14);
        var refusal = Assert.Throws<InvariantException>(() => request.Write(writer, 15));
        Assert.Contains("FetchRequest.ReplicaId", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("version 15", refusal.Message, StringComparison.Ordinal);

        var tagged = new FetchRequest { UnknownTags = [new UnknownTag(50, default)] };
        refusal = Assert.Throws<InvariantException>(() => tagged.Write(writer, 11));
        Assert.Contains("version 11", refusal.Message, StringComparison.Ordinal);

        var nothing = new MetadataRequest { Topics = null };
        nothing.Write(writer, 1);
        refusal = Assert.Throws<InvariantException>(() => nothing.Write(writer, 0));
        Assert.Contains("MetadataRequest.Topics", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ignorable_fields_are_dropped_where_the_version_lacks_them()
    {
        var writer = new WireWriter(_buffers);
        new FetchRequest { RackId = "here" }.Write(writer, 10);
        var reader = new WireReader(writer.Written);
        Assert.Equal("", FetchRequest.Read(ref reader, 10).RackId);
    }

    [Fact]
    public void Versions_beyond_the_schema_are_refused()
    {
        var writer = new WireWriter(_buffers);
        Assert.Throws<InvariantException>(() => new FetchRequest().Write(writer, 3));
        Assert.Throws<InvariantException>(() => new FetchRequest().Write(writer, 19));
        Assert.Throws<InvariantException>(
            () => writer.WriteString(true, new string('x', short.MaxValue + 1)));
        Assert.Throws<InvariantException>(() => writer.WriteRecords(true, default));
    }

    private static List<OutgoingPiece> PiecesOf(WireWriter writer)
    {
        var pieces = new List<OutgoingPiece>();
        foreach (var piece in writer.Pieces)
        {
            pieces.Add(piece);
        }
        return pieces;
    }
}
