using System.Collections.Generic;
using System.Linq;
using Testbed.Node.Settings;
using Xunit;

namespace Testbed.Tests.Engine.Node;

/// <summary>What a topic's settings come to.</summary>
public sealed class TopicSettingsTests
{
    [Theory]
    [InlineData("compact", 60_000, 60_000)]
    [InlineData("compact,delete", 60_000, 60_000)]
    [InlineData("compact", 7_200_000, 3_600_000)]
    [InlineData("delete", 60_000, 3_600_000)]
    public void A_compacted_segment_ends_in_time_for_the_longest_lag(
        string policy, long maxLagMs, long expectedSegmentMs)
    {
        var topic = TopicOf(
            $"cleanup.policy={policy}", $"max.compaction.lag.ms={maxLagMs}", "segment.ms=3600000");

        Assert.Equal(expectedSegmentMs, topic.Log.SegmentMs);
    }

    private static TopicSettings TopicOf(params string[] settings)
    {
        var own = settings.Select(static one => one.Split('=')).ToDictionary(
            static parts => parts[0], static parts => parts[1]);
        var given = new SortedDictionary<string, string>
        {
            ["listeners"] = "PLAINTEXT://127.0.0.1:9092",
            ["log.dirs"] = "d",
        };
        return new TopicSettings(own, NodeSettingsReader.Read(given, "this-host").Settings!.Values);
    }
}
