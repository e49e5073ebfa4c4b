using System;
using Testbed.Foundation;
using Testbed.Wire;
using Testbed.Wire.Messages;
using Xunit;

namespace Testbed.Tests.Engine.Wire;

public sealed class FrameTests
{
    private readonly WireWriter _writer = new(new BufferPool(1 << 20, poison: true));

    [Theory]
    [InlineData(ApiKey.Metadata, 1, "0000000A 0003 0001 00000007 FFFF")]
    [InlineData(ApiKey.Metadata, 9, "0000000B 0003 0009 00000007 FFFF 00")]
    [InlineData(ApiKey.SaslHandshake, 1, "0000000A 0011 0001 00000007 FFFF")]
    public void A_request_is_a_size_a_header_and_a_body(ApiKey key, short version, string expected)
    {
        IRequest request = key == ApiKey.Metadata ? new MetadataRequest() : new SaslHandshakeRequest();
        RequestFrame.Write(
            _writer, new RequestHeader { CorrelationId = 7, ClientId = null }, request, version);
        var frame = Convert.ToHexString(_writer.Written.Span);
        var header = expected.Replace(" ", "", StringComparison.Ordinal);
        Assert.Equal(header[8..], frame.Substring(8, header.Length - 8));
        Assert.Equal((frame.Length / 2) - 4, Convert.ToInt32(frame[..8], 16));

        var reader = new WireReader(_writer.Written[4..]);
        var read = RequestFrame.ReadHeader(ref reader);
        Assert.Equal((short)key, read.RequestApiKey);
        Assert.Equal(version, read.RequestApiVersion);
        Assert.Equal(7, read.CorrelationId);
        Assert.Null(read.ClientId);
        Assert.Equal(key, ApiCatalogue.ReadRequest(key, ref reader, version).ApiKey);
        Assert.Equal(0, reader.Remaining);
    }

    /// <summary>KIP-511: a client that offers a version we do not know must still be understood.</summary>
    [Fact]
    public void The_header_of_a_version_that_nobody_knows_is_read()
    {
        var bytes = Convert.FromHexString("0012" + "7FFF" + "00000001" + "0001" + "78" + "00");
        var reader = new WireReader(bytes);
        var header = RequestFrame.ReadHeader(ref reader);
        Assert.Equal(short.MaxValue, header.RequestApiVersion);
        Assert.Equal("x", header.ClientId);
        Assert.Equal(0, reader.Remaining);
    }

    [Theory]
    [InlineData("00040000000000010000")]    // LeaderAndIsr, gone with ZooKeeper
    [InlineData("03E80000000000010000")]
    [InlineData("FFFF0000000000010000")]
    public void The_header_of_an_unknown_api_is_malformed(string hex)
    {
        var refusal = Assert.Throws<MalformedMessageException>(() =>
        {
            var reader = new WireReader(Convert.FromHexString(hex));
            RequestFrame.ReadHeader(ref reader);
        });
        Assert.Equal(MalformedReason.UnknownApi, refusal.Reason);
    }

    [Theory]
    [InlineData(ApiKey.ApiVersions, 3, "00000009")]
    [InlineData(ApiKey.Fetch, 11, "00000009")]
    [InlineData(ApiKey.Fetch, 12, "0000000900")]
    public void A_response_has_tags_in_its_header_from_the_first_flexible_version_on_save_for_ApiVersions(
        ApiKey key, short version, string header)
    {
        ResponseFrame.Write(_writer, 9, ApiCatalogue.NewResponse(key), version);
        Assert.Equal(header, Convert.ToHexString(_writer.Written.Span.Slice(4, header.Length / 2)));
        var reader = new WireReader(_writer.Written[4..]);
        Assert.Equal(9, ResponseFrame.ReadHeader(ref reader, key, version).CorrelationId);
        Assert.Equal(key, ApiCatalogue.ReadResponse(key, ref reader, version).ApiKey);
        Assert.Equal(0, reader.Remaining);
    }

    [Theory]
    [InlineData("02 02 00 00", MalformedReason.UnknownFrame)]
    [InlineData("01 06 00 00", MalformedReason.UnknownType)]
    [InlineData("01 8080 04 00", MalformedReason.UnknownType)]
    [InlineData("01 14 01 00", MalformedReason.UnknownVersion)]
    [InlineData("01 14 00 00 00", MalformedReason.TrailingBytes)]
    public void A_metadata_record_that_we_do_not_know_is_malformed(string hex, MalformedReason reason)
    {
        var refusal = Assert.Throws<MalformedMessageException>(() =>
        {
            var reader = new WireReader(
                Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));
            MetadataRecordFrame.Read(ref reader, out _);
        });
        Assert.Equal(reason, refusal.Reason);
    }

    [Fact]
    public void A_coordinators_key_of_an_unknown_type_is_null_and_a_values_unknown_version_malformed()
    {
        var reader = new WireReader(Convert.FromHexString("006300"));
        Assert.Null(CoordinatorRecordFrame.ReadKey(CoordinatorLog.Group, ref reader));

        var refusal = Assert.Throws<MalformedMessageException>(() =>
        {
            var reader = new WireReader(Convert.FromHexString("006300"));
            CoordinatorRecordFrame.ReadValue(
                CoordinatorLog.Group, OffsetCommitKey.RecordType, ref reader, out _);
        });
        Assert.Equal(MalformedReason.UnknownVersion, refusal.Reason);
    }

    [Fact]
    public void A_coordinators_record_survives_in_its_frame()
    {
        var key = new OffsetCommitKey { Group = "g", Topic = "t", Partition = 3 };
        var value = new OffsetCommitValue { Offset = 12, Metadata = "m" };
        CoordinatorRecordFrame.WriteKey(_writer, key);
        Assert.Equal("0001" + "000167" + "000174" + "00000003", Convert.ToHexString(_writer.Written.Span));
        var reader = new WireReader(_writer.Written);
        Assert.True(
            MessageFields.AreEqual(key, CoordinatorRecordFrame.ReadKey(CoordinatorLog.Group, ref reader)));

        _writer.Reset();
        CoordinatorRecordFrame.WriteValue(_writer, value, 3);
        reader = new WireReader(_writer.Written);
        var read = CoordinatorRecordFrame.ReadValue(
            CoordinatorLog.Group, OffsetCommitKey.RecordType, ref reader, out var version);
        Assert.Equal(3, version);
        Assert.True(MessageFields.AreEqual(value, read));
    }
}
