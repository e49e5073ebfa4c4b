using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Testbed.Tests.Interop;

/// <summary>
/// The admin clients of three languages. Each script checks the answers itself and prints a line for every
/// step that held; the steps are named here so that a script cannot quietly do less.
/// </summary>
public sealed class AdminClientTests(BrokerFixture fixture) : IClassFixture<BrokerFixture>
{
    private readonly BrokerProcess _broker = fixture.Broker;

    [ClientFact(Clients.KafkaJs)]
    public Task The_admin_client_of_kafkajs_does_all_it_can() => Holds(
        Clients.NodeCommand("admin.mjs", _broker),
        "describeCluster",
        "createTopics",
        "createTopics refuses",
        "listTopics",
        "fetchTopicMetadata",
        "createPartitions",
        "describeConfigs",
        "fetchTopicOffsets",
        "fetchTopicOffsetsByTimestamp",
        "deleteTopicRecords",
        "deleteTopics");

    [ClientFact(Clients.KafkaPython)]
    public Task The_admin_client_of_kafka_python_does_all_it_can() => Holds(
        Clients.PythonCommand(Clients.KafkaPython, "admin_kafka_python.py", _broker),
        "describe_cluster",
        "create_topics",
        "list_topics",
        "describe_topics",
        "create_partitions",
        "describe_configs",
        "delete_topics");

    [ClientFact(Clients.ConfluentPython)]
    public Task The_admin_client_of_librdkafka_does_all_it_can() => Holds(
        Clients.PythonCommand(Clients.ConfluentPython, "admin_confluent.py", _broker),
        "create_topics",
        "list_topics",
        "create_partitions",
        "describe_configs",
        "delete_topics");

    private async Task Holds(CommandLine command, params string[] steps)
    {
        var run = (await ClientProgram.Run(command)).Succeeded(_broker);
        Assert.Equal(steps.Select(static step => "ok " + step), run.Lines);
    }
}
