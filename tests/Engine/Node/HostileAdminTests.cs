using System.Linq;
using Testbed.Foundation;
using Testbed.Sim;
using Testbed.Wire;
using Testbed.Wire.Messages;
using Xunit;

namespace Testbed.Tests.Engine.Node;

/// <summary>What no well-meant client asks for is answered, and the node lives on.</summary>
public sealed class HostileAdminTests
{
    private const string MetadataTopic = "__cluster_metadata";
    private readonly NodeBench _bench = new(1);
    private readonly RawClient _client;

    public HostileAdminTests() => _client = _bench.Connect();

    [Fact]
    public void The_metadata_log_is_no_topic_for_anybody()
    {
        var metadata = new MetadataRequest
        {
            Topics = [new MetadataRequestTopic { Name = MetadataTopic }],
            AllowAutoTopicCreation = true,
        };
        for (var i = 0; i < 3; i++)
        {
            var asked = _bench.Ask<MetadataResponse>(_client, metadata, 12).Topics[0];
            Assert.Equal(ErrorCode.UnknownTopicOrPartition, asked.ErrorCode);
            _bench.RunForMs(1_000);
        }
        Assert.Equal(ErrorCode.InvalidRequest, Create(Topic(MetadataTopic)).ErrorCode);

        var produced = _bench.Ask<ProduceResponse>(_client, _bench.Produce(MetadataTopic, "x"), 9);
        Assert.Equal(
            ErrorCode.UnknownTopicOrPartition, produced.Responses[0].PartitionResponses[0].ErrorCode);
        var fetched = _bench.Ask<FetchResponse>(_client, NodeBench.Fetch(MetadataTopic, 0, waitMs: 0), 12);
        Assert.Equal(ErrorCode.UnknownTopicOrPartition, fetched.Responses[0].Partitions[0].ErrorCode);
        var delete = new DeleteTopicsRequest { TopicNames = [MetadataTopic] };
        var deleted = _bench.Ask<DeleteTopicsResponse>(_client, delete, 5);
        Assert.Equal(ErrorCode.UnknownTopicOrPartition, deleted.Responses[0].ErrorCode);
        AssertLivesAndRemembers();
    }

    [Fact]
    public void Messages_that_quote_the_client_stay_short()
    {
        var name = new string('x', short.MaxValue - 1);
        var delete = new DeleteTopicsRequest { TopicNames = [name] };
        var deleted = _bench.Ask<DeleteTopicsResponse>(_client, delete, 5).Responses[0];
        Assert.Equal(ErrorCode.UnknownTopicOrPartition, deleted.ErrorCode);
        Assert.InRange(deleted.ErrorMessage!.Length, 1, 1_100);

        var topic = Topic("t");
        topic.Configs.Add(new CreateTopicsRequestCreatableTopicConfig { Name = name, Value = "1" });
        Assert.Equal(ErrorCode.InvalidConfig, Create(topic).ErrorCode);

        var ids = Enumerable.Range(100, 40_000).ToList();
        var assigned = Topic("t");
        assigned.NumPartitions = -1;
        assigned.ReplicationFactor = -1;
        assigned.Assignments.Add(new CreateTopicsRequestCreatableReplicaAssignment { BrokerIds = ids });
        Assert.Equal(ErrorCode.InvalidReplicaAssignment, Create(assigned).ErrorCode);
        AssertLivesAndRemembers();
    }

    [Fact]
    public void Of_a_setting_that_is_given_twice_the_last_counts()
    {
        var topic = Topic("t");
        topic.Configs.Add(new CreateTopicsRequestCreatableTopicConfig { Name = "retention.ms", Value = "1" });
        topic.Configs.Add(new CreateTopicsRequestCreatableTopicConfig { Name = "retention.ms", Value = "2" });
        var made = Create(topic);
        Assert.Equal(ErrorCode.None, made.ErrorCode);
        Assert.Equal("2", made.Configs!.Single(static config => config.Name == "retention.ms").Value);
        AssertLivesAndRemembers();
    }

    [Fact]
    public void A_cursor_far_behind_the_last_partition_finds_nothing()
    {
        _bench.CreateTopic(_client, "t");
        var request = new DescribeTopicPartitionsRequest
        {
            Topics = [new DescribeTopicPartitionsRequestTopicRequest { Name = "t" }],
            ResponsePartitionLimit = 10,
            Cursor = new DescribeTopicPartitionsRequestCursor
            {
                TopicName = "t",
                PartitionIndex = int.MaxValue,
            },
        };
        var answer = _bench.Ask<DescribeTopicPartitionsResponse>(_client, request, 0);
        Assert.Empty(answer.Topics[0].Partitions);
        Assert.Null(answer.NextCursor);
        AssertLivesAndRemembers();
    }

    [Fact]
    public void One_request_makes_a_bounded_number_of_partitions()
    {
        var request = new CreateTopicsRequest { ValidateOnly = true };
        for (var i = 0; i < 4; i++)
        {
            var topic = Topic($"t{i}");
            topic.NumPartitions = 4_000;
            request.Topics.Add(topic);
        }
        var made = _bench.Ask<CreateTopicsResponse>(_client, request, 7).Topics;
        ErrorCode[] expected =
            [ErrorCode.None, ErrorCode.None, ErrorCode.PolicyViolation, ErrorCode.PolicyViolation];
        Assert.Equal(expected, made.Select(static topic => topic.ErrorCode));
    }

    [Fact]
    public void Longest_names_can_be_deleted_and_given_again_and_the_new_topic_is_empty()
    {
        var name = new string('n', 249);
        for (var i = 0; i < 3; i++)
        {
            _bench.CreateTopic(_client, name);
            var produced = _bench.Ask<ProduceResponse>(_client, _bench.Produce(name, "x"), 9);
            Assert.Equal(0, produced.Responses[0].PartitionResponses[0].BaseOffset);
            var delete = new DeleteTopicsRequest { TopicNames = [name] };
            var deleted = _bench.Ask<DeleteTopicsResponse>(_client, delete, 5).Responses[0];
            Assert.Equal(ErrorCode.None, deleted.ErrorCode);
        }
        Assert.All(
            _bench.World.Node(new NodeId(1)).Disks[0].FilePaths(),
            static path => Assert.All(path.Split('/'), static part => Assert.InRange(part.Length, 0, 255)));
    }

    private static CreateTopicsRequestCreatableTopic Topic(string name) =>
        new() { Name = name, NumPartitions = 1, ReplicationFactor = 1 };

    private CreateTopicsResponseCreatableTopicResult Create(CreateTopicsRequestCreatableTopic topic)
    {
        var request = new CreateTopicsRequest { Topics = [topic] };
        return _bench.Ask<CreateTopicsResponse>(_client, request, 7).Topics[0];
    }

    /// <summary>The node answers, and what it knows outlives a crash.</summary>
    private void AssertLivesAndRemembers()
    {
        _bench.CreateTopic(_client, "witness");
        _bench.Crash(CrashKind.PowerCut);
        var all = _bench.Ask<MetadataResponse>(_bench.Connect(), new MetadataRequest { Topics = null }, 12);
        Assert.Contains(all.Topics, static topic => topic.Name == "witness");
        Assert.DoesNotContain(all.Topics, static topic => topic.Name == MetadataTopic);
    }
}
