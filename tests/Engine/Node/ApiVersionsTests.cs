using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using Testbed.Wire;
using Testbed.Wire.Messages;
using Xunit;

namespace Testbed.Tests.Engine.Node;

/// <summary>The first thing a client asks, and the only answer it may not understand (KIP-511).</summary>
public sealed class ApiVersionsTests
{
    private const short Unknown = 35;

    private readonly NodeBench _bench = new(1);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Every_version_lists_the_same_apis_with_the_versions_that_are_served(short version)
    {
        var answer = _bench.Ask<ApiVersionsResponse>(_bench.Connect(), Asking(), version);

        Assert.Equal(ErrorCode.None, answer.ErrorCode);
        Assert.Equal(
            [
                "0: 0-13", "1: 4-18", "2: 0-11", "3: 0-13", "10: 0-6", "18: 0-5", "19: 0-7", "20: 0-6",
                "21: 0-2", "22: 0-5", "23: 0-4", "32: 0-4", "37: 0-3", "60: 0-2", "75: 0-0",
            ],
            answer.ApiKeys.Select(static api => $"{api.ApiKey}: {api.MinVersion}-{api.MaxVersion}"));
    }

    [Theory]
    [InlineData(2, new string[0])]
    [InlineData(3, new[] { "metadata.version" })]
    [InlineData(4, new[]
    {
        "eligible.leader.replicas.version", "group.version", "kraft.version", "metadata.version",
        "share.version", "streams.version", "transaction.version",
    })]
    public void Features_with_level_zero_are_hidden_from_versions_that_cannot_read_it(
        short version, string[] features)
    {
        var answer = _bench.Ask<ApiVersionsResponse>(_bench.Connect(), Asking(), version);

        Assert.Equal(features, answer.SupportedFeatures.Select(static feature => feature.Name));
        Assert.Equal(version >= 3, answer.FinalizedFeaturesEpoch >= 0);
    }

    [Fact]
    public void The_answer_of_a_flexible_version_has_no_tags_in_its_header()
    {
        var client = _bench.Connect();
        client.Send(Asking(), 3, correlationId: 77);
        _bench.Until(() => client.Answers.Count == 1);

        Assert.Equal(77, client.CorrelationIdOf(0));
        // Correlation id, then at once the body: error int16, the number of apis plus one.
        Assert.Equal([0, 0, 15 + 1], client.Answers[0][4..7]);
    }

    [Theory]
    [InlineData(Unknown, true)]
    [InlineData(Unknown, false)]
    [InlineData(short.MaxValue, false)]
    [InlineData(-1, false)]
    public void An_unknown_version_is_answered_in_version_0_with_our_range(short version, bool hasTags)
    {
        var client = _bench.Connect();
        client.Send(Raw(version, hasTags));
        _bench.Until(() => client.Answers.Count == 1);

        // Correlation id 41, error 35, one api: key 18, versions 0 to 5.
        byte[] expected = [0, 0, 0, 41, 0, 35, 0, 0, 0, 1, 0, 18, 0, 0, 0, 5];
        Assert.Equal(expected, client.Answers[0]);
        Assert.Equal(
            ErrorCode.None, _bench.Ask<ApiVersionsResponse>(client, Asking(), 5).ErrorCode);
    }

    [Theory]
    [InlineData("a.b-c", "1.2.3-SNAPSHOT", ErrorCode.None)]
    [InlineData("a", "1", ErrorCode.None)]
    [InlineData("bad name", "1", ErrorCode.InvalidRequest)]
    [InlineData("-a", "1", ErrorCode.InvalidRequest)]
    [InlineData("a", "1.", ErrorCode.InvalidRequest)]
    [InlineData("", "", ErrorCode.InvalidRequest)]
    [InlineData("a", "", ErrorCode.InvalidRequest)]
    public void A_software_name_is_letters_and_digits_with_dots_and_dashes_between(
        string name, string softwareVersion, ErrorCode expected)
    {
        var request = new ApiVersionsRequest
        {
            ClientSoftwareName = name,
            ClientSoftwareVersion = softwareVersion,
        };
        var answer = _bench.Ask<ApiVersionsResponse>(_bench.Connect(), request, 3);

        Assert.Equal(expected, answer.ErrorCode);
        Assert.Equal(expected == ErrorCode.None, answer.ApiKeys.Count > 0);
    }

    [Theory]
    [InlineData(true, 1, ErrorCode.None)]
    [InlineData(true, 2, ErrorCode.RebootstrapRequired)]
    [InlineData(false, 1, ErrorCode.RebootstrapRequired)]
    [InlineData(true, -1, ErrorCode.InvalidRequest)]
    public void A_client_that_expects_another_cluster_or_node_is_sent_to_bootstrap_anew(
        bool isThisCluster, int node, ErrorCode expected)
    {
        var client = _bench.Connect();
        var metadata = _bench.Ask<MetadataResponse>(client, new MetadataRequest { Topics = [] }, 12);
        var request = Asking();
        request.ClusterId = isThisCluster ? metadata.ClusterId : "another";
        request.NodeId = node;

        Assert.Equal(expected, _bench.Ask<ApiVersionsResponse>(client, request, 5).ErrorCode);
    }

    private static ApiVersionsRequest Asking() =>
        new() { ClientSoftwareName = "raw", ClientSoftwareVersion = "1.0" };

    /// <summary>A request of a version nobody has, with or without its header's tags.</summary>
    private static byte[] Raw(short version, bool hasTags)
    {
        var frame = new List<byte> { 0, 0, 0, 0, 0, 18, 0, 0, 0, 0, 0, 41, 0, 2, (byte)'m', (byte)'e' };
        if (hasTags)
        {
            frame.AddRange([0, 2, (byte)'m', 2, (byte)'1', 0]);
        }
        var bytes = frame.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(bytes, bytes.Length - sizeof(int));
        BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(6), version);
        return bytes;
    }
}
