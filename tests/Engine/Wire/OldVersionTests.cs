using System;
using Testbed.Wire;
using Testbed.Wire.Messages;
using Xunit;

namespace Testbed.Tests.Engine.Wire;

/// <summary>
/// Versions that Kafka 4 no longer has and old clients still send, and versions newer than the golden ones:
/// their bytes by hand.
/// </summary>
public sealed class OldVersionTests
{
    private readonly MessageBytes _bytes = new();

    [Fact]
    public void ListOffsets_0_asks_for_several_offsets_and_gets_a_list()
    {
        var request = new ListOffsetsRequest { ReplicaId = -1 };
        var topic = new ListOffsetsRequestTopic { Name = "t" };
        topic.Partitions.Add(
            new ListOffsetsRequestPartition { PartitionIndex = 2, Timestamp = -2, MaxNumOffsets = 5 });
        request.Topics.Add(topic);
        Is("FFFFFFFF 00000001 0001 74 00000001 00000002 FFFFFFFFFFFFFFFE 00000005", request, 0);

        var response = new ListOffsetsResponse();
        var answer = new ListOffsetsResponseTopicResponse { Name = "t" };
        answer.Partitions.Add(
            new ListOffsetsResponsePartitionResponse { PartitionIndex = 2, OldStyleOffsets = [9, 0] });
        response.Topics.Add(answer);
        Is("00000001 0001 74 00000001 00000002 0000 00000002 0000000000000009 0000000000000000", response, 0);
    }

    [Fact]
    public void OffsetCommit_1_carries_a_timestamp_and_0_no_generation()
    {
        var partition = new OffsetCommitRequestPartition { CommittedOffset = 7, CommittedMetadata = null };
        var topic = new OffsetCommitRequestTopic { Name = "t", Partitions = [partition] };
        var request = new OffsetCommitRequest { GroupId = "g", Topics = [topic] };
        request.GenerationIdOrMemberEpoch = 4;
        request.MemberId = "m";
        partition.CommitTimestamp = 8;
        var head = "0001 67 00000004 0001 6D 00000001 0001 74";
        Is(head + "00000001 00000000 0000000000000007 0000000000000008 FFFF", request, 1);

        partition.CommitTimestamp = -1;
        request.GenerationIdOrMemberEpoch = -1;
        request.MemberId = "";
        Is("0001 67 00000001 0001 74 00000001 00000000 0000000000000007 FFFF", request, 0);
    }

    [Fact]
    public void DescribeConfigs_0_says_whether_a_value_is_the_default()
    {
        var response = new DescribeConfigsResponse();
        var config = new DescribeConfigsResponseResourceResult { Name = "n", Value = "v", IsDefault = true };
        config.ReadOnly = true;
        var result = new DescribeConfigsResponseResult { ResourceType = 2, ResourceName = "t" };
        result.ErrorMessage = null;
        result.Configs.Add(config);
        response.Results.Add(result);
        Is("00000000 00000001 0000 FFFF 02 0001 74 00000001 0001 6E 0001 76 01 01 00", response, 0);
    }

    [Fact]
    public void CreateTopics_0_and_DeleteTopics_0_have_neither_dry_runs_nor_throttling()
    {
        var request = new CreateTopicsRequest { TimeoutMs = 1000 };
        request.Topics.Add(
            new CreateTopicsRequestCreatableTopic { Name = "t", NumPartitions = 3, ReplicationFactor = 1 });
        Is("00000001 0001 74 00000003 0001 00000000 00000000 000003E8", request, 0);
        Is("00000000", new DeleteTopicsResponse { ThrottleTimeMs = 5 }, 0, isExact: false);
    }

    [Fact]
    public void ApiVersions_5_names_the_cluster_and_node_that_the_client_expects() =>
        Is("02 63 02 76 02 69 00000001 00", new ApiVersionsRequest
        {
            ClientSoftwareName = "c",
            ClientSoftwareVersion = "v",
            ClusterId = "i",
            NodeId = 1,
        }, 5);

    private void Is(string hex, IMessage message, short version, bool isExact = true)
    {
        var bytes = _bytes.Of(message, version);
        Assert.Equal(hex.Replace(" ", "", StringComparison.Ordinal), Convert.ToHexString(bytes));
        var read = MessageTypes.Of(message.GetType().Name).ReadAll(bytes, version);
        Assert.Equal(isExact, MessageFields.AreEqual(message, read));
    }
}
