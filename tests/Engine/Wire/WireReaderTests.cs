using System;
using System.Linq;
using System.Text;
using Testbed.Foundation;
using Testbed.Wire;
using Xunit;

namespace Testbed.Tests.Engine.Wire;

public sealed class WireReaderTests
{
    private delegate void Reading(ref WireReader reader);

    [Theory]
    [InlineData("00", 0u)]
    [InlineData("7F", 127u)]
    [InlineData("8001", 128u)]
    [InlineData("FFFFFFFF0F", uint.MaxValue)]
    public void Variable_length_integers_in_their_shortest_form_are_read(string hex, uint value)
    {
        var reader = new WireReader(Convert.FromHexString(hex));
        Assert.Equal(value, reader.ReadUVarInt());
        reader.RequireEnd();
    }

    [Theory]
    [InlineData("8000")]            // zero in two bytes
    [InlineData("FF00")]
    [InlineData("FFFFFFFF1F")]      // 33 bits
    [InlineData("FFFFFFFFFF")]
    [InlineData("808080808001")]
    public void Overlong_variable_length_integers_are_malformed(string hex) =>
        Refuses(MalformedReason.OverlongVarInt, hex, static (ref r) => r.ReadUVarInt());

    [Theory]
    [InlineData("FFFE")]
    [InlineData("8000")]
    public void Lengths_below_minus_one_are_malformed(string hex)
    {
        Refuses(MalformedReason.NegativeLength, hex, static (ref r) => r.ReadNullableString(false));
        Refuses(MalformedReason.NegativeLength, hex + hex, static (ref r) => r.ReadNullableBytes(false));
        Refuses(MalformedReason.NegativeLength, hex + hex, static (ref r) => r.ReadNullableCount(false, 1));
    }

    [Fact]
    public void Null_where_none_is_allowed_is_malformed()
    {
        Refuses(MalformedReason.UnexpectedNull, "FFFF", static (ref r) => r.ReadString(false));
        Refuses(MalformedReason.UnexpectedNull, "00", static (ref r) => r.ReadString(true));
        Refuses(MalformedReason.UnexpectedNull, "FFFFFFFF", static (ref r) => r.ReadBytes(false));
        Refuses(MalformedReason.UnexpectedNull, "00", static (ref r) => r.ReadRecords(true));
        Refuses(MalformedReason.UnexpectedNull, "00", static (ref r) => r.ReadCount(true, 1));
    }

    [Fact]
    public void Lengths_and_counts_beyond_the_end_are_malformed()
    {
        Refuses(MalformedReason.Truncated, "000361", static (ref r) => r.ReadString(false));
        Refuses(MalformedReason.Truncated, "FFFFFFFF0F", static (ref r) => r.ReadBytes(true));
        Refuses(MalformedReason.Truncated, "0000000201020304", static (ref r) => r.ReadCount(false, 3));
        Refuses(MalformedReason.Truncated, "030000", static (ref r) => r.ReadTagCount());
        Refuses(MalformedReason.Truncated, "000000", static (ref r) => r.ReadInt32());
    }

    [Fact]
    public void Strings_are_bounded_by_what_can_be_written()
    {
        var text = Encoding.ASCII.GetBytes(new string('x', short.MaxValue + 1));
        var reader = new WireReader((byte[])[0x80, 0x80, 0x02, .. text[1..]]);
        Assert.Equal(short.MaxValue, reader.ReadString(true).Length);

        var longer = Convert.ToHexString([0x81, 0x80, 0x02, .. text]);
        Refuses(MalformedReason.StringTooLong, longer, static (ref r) => r.ReadString(true));

        var invalid = Convert.ToHexString([0x7F, 0xFF, .. Enumerable.Repeat((byte)0xFF, short.MaxValue)]);
        Refuses(MalformedReason.StringTooLong, invalid, static (ref r) => r.ReadString(false));
    }

    [Fact]
    public void Invalid_utf8_is_replaced()
    {
        var reader = new WireReader(Convert.FromHexString("000461FF62C3"));
        Assert.Equal("a\uFFFDb\uFFFD", reader.ReadString(false));
    }

    [Fact]
    public void Bytes_are_slices_of_the_frame()
    {
        var frame = Convert.FromHexString("03AABB");
        var reader = new WireReader(frame);
        var bytes = reader.ReadBytes(true);
        frame[1] = 0xCC;
        Assert.Equal([0xCC, 0xBB], bytes.ToArray());
    }

    [Theory]
    [InlineData("02 0100 0100", MalformedReason.TagOrder)]      // twice
    [InlineData("02 0200 0100", MalformedReason.TagOrder)]      // descending
    [InlineData("01 0005", MalformedReason.Truncated)]          // larger than what is left
    public void Tags_must_ascend_and_fit(string hex, MalformedReason reason) =>
        Refuses(reason, hex, static (ref r) => r.ReadUnknownTags());

    [Fact]
    public void A_tagged_field_has_the_size_it_says()
    {
        Refuses(MalformedReason.TagSize, "0002 AABB", static (ref WireReader reader) =>
        {
            var tag = -1L;
            var end = reader.BeginTag(ref tag);
            reader.ReadInt8();
            reader.EndTag(end);
        });
        Refuses(MalformedReason.Truncated, "0001 AABB", static (ref WireReader reader) =>
        {
            var tag = -1L;
            reader.BeginTag(ref tag);
            reader.ReadInt16();
        });
    }

    [Fact]
    public void Markers_of_nullable_structs_are_known_values()
    {
        Refuses(MalformedReason.PresenceMarker, "FE", static (ref r) => r.ReadPresence());
        Refuses(MalformedReason.PresenceMarker, "02", static (ref r) => r.ReadTaggedPresence());
    }

    [Fact]
    public void Bytes_after_the_end_are_malformed() =>
        Refuses(MalformedReason.TrailingBytes, "00", static (ref r) => r.RequireEnd());

    [Fact]
    public void Fixed_size_values_are_big_endian()
    {
        var reader = new WireReader(Convert.FromHexString(
            "01" + "FF" + "FFFE" + "FFFE" + "FFFFFFFD" + "FFFFFFFD" + "FFFFFFFFFFFFFFFC" + "3FF8000000000000"
            + "00000000000000010000000000000002" + "0003"));
        Assert.True(reader.ReadBool());
        Assert.Equal(-1, reader.ReadInt8());
        Assert.Equal(-2, reader.ReadInt16());
        Assert.Equal(65534, reader.ReadUInt16());
        Assert.Equal(-3, reader.ReadInt32());
        Assert.Equal(4294967293u, reader.ReadUInt32());
        Assert.Equal(-4, reader.ReadInt64());
        Assert.Equal(1.5, reader.ReadFloat64());
        Assert.Equal(new Uuid(1, 2), reader.ReadUuid());
        Assert.Equal(ErrorCode.UnknownTopicOrPartition, reader.ReadErrorCode());
        Assert.Equal(0, reader.Remaining);
    }

    private static void Refuses(MalformedReason reason, string hex, Reading read)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        var refusal = Assert.Throws<MalformedMessageException>(() =>
        {
            var reader = new WireReader(bytes);
            read(ref reader);
        });
        Assert.Equal(reason, refusal.Reason);
        Assert.InRange(refusal.Position, 0, bytes.Length);
    }
}
