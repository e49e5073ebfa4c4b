using System;
using System.IO;
using System.Linq;
using Testbed.Node.Settings;
using Testbed.Runner.Serving;
using Xunit;

namespace Testbed.Tests.Runner.Serving;

public sealed class StartSettingsTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Without_a_file_there_is_a_broker_to_try() =>
        Assert.Equal("node.id=1 listeners=PLAINTEXT://127.0.0.1:9092 log.dirs=./data", Collect(null));

    [Fact]
    public void A_file_counts_alone_and_an_override_more()
    {
        File.WriteAllText(_file, "node.id=7\nlog.dirs=/a\nnum.partitions=3\n");
        Assert.Equal("node.id=7 log.dirs=/a num.partitions=3", Collect(_file));
        Assert.Equal(
            "node.id=7 log.dirs=/a num.partitions=5 x=a=b",
            Collect(_file, "num.partitions=4", " num.partitions =5", "x=a=b"));
        Assert.Equal(
            "node.id=1 log.dirs=./data listeners=PLAINTEXT://:1", Collect(null, "listeners=PLAINTEXT://:1"));
    }

    /// <summary>Kafka's ConfigDef trims what java.util.Properties has kept.</summary>
    [Fact]
    public void Blanks_behind_a_value_do_not_count()
    {
        File.WriteAllText(
            _file, "node.id=7 \nlisteners=PLAINTEXT://127.0.0.1:0\t\nlog.dirs=/a , /b \nbroker.rack=r 1 \n");
        Assert.True(StartSettings.TryCollect(_file, ["num.partitions=4 "], out var settings, out _));
        var reading = NodeSettingsReader.Read(settings, "here");
        Assert.Empty(reading.Errors);
        var read = reading.Settings!;
        Assert.Equal((7, "r 1", "/a|/b"),
            (read.NodeId.Value, read.Rack, string.Join('|', read.LogDirectories)));
    }

    [Theory]
    [InlineData("num.partitions")]
    [InlineData("=3")]
    public void An_override_without_a_name_or_a_value_is_refused(string text) =>
        Assert.Equal($"--override {text}: give name=value", Problem(null, text));

    [Fact]
    public void A_file_that_cannot_be_read_is_named_with_the_reason()
    {
        var missing = _file + ".missing";
        Assert.StartsWith($"--config {missing} cannot be read: Could not find", Problem(missing));
        Assert.StartsWith("--config  cannot be read: ", Problem(""));
        File.WriteAllText(_file, "a=1\nlog.dirs=C:\\users\n");
        Assert.StartsWith($"--config {_file}: line 2: four hexadecimal digits", Problem(_file));
    }

    private static string Collect(string? file, params string[] overrides)
    {
        Assert.True(StartSettings.TryCollect(file, overrides, out var settings, out _));
        return string.Join(' ', settings.Select(setting => $"{setting.Key}={setting.Value}"));
    }

    private static string Problem(string? file, params string[] overrides)
    {
        Assert.False(StartSettings.TryCollect(file, overrides, out _, out var problem));
        return problem;
    }
}
