using System.Collections.Generic;
using System.Linq;
using Testbed.Node.Settings;
using Xunit;

namespace Testbed.Tests.Engine.Node;

public sealed class NodeSettingsReaderTests
{
    private const string Listener = "listeners=PLAINTEXT://127.0.0.1:9092";

    [Fact]
    public void Kafkas_stock_file_is_understood()
    {
        var reading = Read(
            "process.roles=broker,controller",
            "node.id=1",
            "controller.listener.names=CONTROLLER",
            "listeners=PLAINTEXT://:9092,CONTROLLER://:9093",
            "advertised.listeners=PLAINTEXT://localhost:9092,CONTROLLER://localhost:9093",
            "log.dirs=/tmp/logs",
            "num.partitions=3");

        Assert.Empty(reading.Errors);
        Assert.Equal(
            ["PLAINTEXT://:9092"], reading.Settings!.Listeners.Select(listener => listener.ToString()));
        Assert.Equal("PLAINTEXT://localhost:9092", reading.Settings.AdvertisedListeners[0].ToString());
        Assert.Equal(3, reading.Settings.PartitionCount);
    }

    [Fact]
    public void A_listener_on_every_interface_is_advertised_by_the_hosts_name()
    {
        var reading = Read("listeners=PLAINTEXT://0.0.0.0:9092", "log.dirs=d");

        Assert.Equal("PLAINTEXT://this-host:9092", reading.Settings!.AdvertisedListeners[0].ToString());
    }

    [Fact]
    public void A_misspelt_setting_is_a_warning_with_the_nearest_name()
    {
        var warning = Assert.Single(Read(Listener, "log.dirs=d", "num.partition=3").Warnings);

        Assert.Contains("num.partition ", warning);
        Assert.Contains("did you mean num.partitions?", warning);
    }

    [Fact]
    public void A_setting_of_Kafkas_that_does_nothing_here_is_one_warning()
    {
        var warning = Assert.Single(Read(Listener, "log.dirs=d", "num.network.threads=3").Warnings);

        Assert.Contains("num.network.threads", warning);
        Assert.Contains("does not have yet", warning);
    }

    [Theory]
    [InlineData("num.partitions=many", "num.partitions=many", "int")]
    [InlineData("num.partitions=0", "num.partitions=0", "1 or more")]
    [InlineData("node.id=-5", "node.id=-5", "0 or more")]
    [InlineData("auto.create.topics.enable=yes", "auto.create.topics.enable=yes", "boolean")]
    [InlineData("log.message.timestamp.type=Never", "log.message.timestamp.type", "CreateTime")]
    [InlineData("compression.gzip.level=11", "compression.gzip.level=11", "1 to 9, or -1")]
    [InlineData("listeners=9092", "listeners=9092", "PLAINTEXT://host:port")]
    [InlineData("listeners=SSL://h:1", "SSL", "use PLAINTEXT")]
    [InlineData("listeners=A://h:1", "A has no protocol", "listener.security.protocol.map")]
    [InlineData("listeners=PLAINTEXT://a:1,PLAINTEXT://b:2", "PLAINTEXT twice", "a name of its own")]
    [InlineData("advertised.listeners=OTHER://h:1", "OTHER", "listener.security.protocol.map")]
    [InlineData("log.dirs=a,a", "log.dirs names a twice", "once")]
    public void A_wrong_value_is_an_error_that_names_setting_and_fix(string line, string setting, string fix)
    {
        var reading = Read(Listener, "log.dirs=d", line);

        Assert.Null(reading.Settings);
        var error = Assert.Single(reading.Errors);
        Assert.Contains(setting, error);
        Assert.Contains(fix, error);
    }

    [Fact]
    public void A_topic_setting_falls_back_to_the_nodes_and_then_to_Kafkas_default()
    {
        var node = Read(Listener, "log.dirs=d", "log.retention.hours=2", "message.max.bytes=5000").Settings!;
        var own = new SortedDictionary<string, string> { ["max.message.bytes"] = "77" };
        var settings = new TopicSettings(own, node.Values);

        Assert.Equal(77, settings.Produce.MaxMessageBytes);
        Assert.Equal("7200000", settings.Value("retention.ms"));
        Assert.Equal("1073741824", settings.Value("segment.bytes"));
    }

    [Fact]
    public void Every_topic_setting_has_a_value_and_every_default_passes_its_own_check()
    {
        var node = Read(Listener, "log.dirs=d").Settings!;
        var settings = new TopicSettings(new SortedDictionary<string, string>(), node.Values);

        Assert.All(TopicSettingTable.Table.All, it => Assert.Null(it.Problem(settings.Value(it.Name))));
        Assert.All(
            BrokerSettingTable.Table.All.Where(
                it => it.Default is not null && it.Name != "group.consumer.migration.policy"),
            it => Assert.Null(it.Problem(it.Default!)));
    }

    [Fact]
    public void An_unknown_topic_setting_is_refused_by_name()
    {
        Assert.Contains(
            "retention.mss; did you mean retention.ms?", TopicSettings.Problem("retention.mss", "1"));
        Assert.Contains("allowed is 1048576 or more", TopicSettings.Problem("segment.bytes", "100"));
        Assert.Null(TopicSettings.Problem("durability", "fsync"));
        Assert.NotNull(TopicSettings.Problem("durability", "sometimes"));
    }

    private static SettingsReading Read(params string[] lines)
    {
        var given = new SortedDictionary<string, string>();
        foreach (var line in lines)
        {
            var equals = line.IndexOf('=');
            given[line[..equals]] = line[(equals + 1)..];
        }
        return NodeSettingsReader.Read(given, "this-host");
    }
}
