using System.Linq;
using Xunit;

namespace Testbed.Tests.Engine.Wire;

/// <summary>Byte equality with Apache Kafka 4.3.1.</summary>
public sealed class GoldenMessageTests
{
    private readonly GoldenCheck _check = new(GoldenFiles.Index);

    [Fact]
    public void Messages_of_the_selection_are_those_of_Kafka() =>
        GoldenCheck.All(GoldenFiles.Selection, _check.Body);

    [Fact]
    public void Framed_messages_of_the_selection_are_those_of_Kafka() =>
        GoldenCheck.All(GoldenFiles.Selection, _check.Frame);

    [Fact]
    public void Unknown_tags_of_the_selection_are_kept_and_written_back_in_order() =>
        GoldenCheck.All(GoldenFiles.SelectionUnknownTags, _check.UnknownTags);

    [Fact]
    public void The_selection_holds_every_message_at_every_version_of_Kafka()
    {
        var there = GoldenFiles.Selection
            .Select(vector => (vector.Name, vector.Version, vector.Kind))
            .ToHashSet();
        foreach (var entry in GoldenFiles.Index)
        {
            for (var version = entry.Lowest; version <= entry.Highest; version++)
            {
                Assert.Contains((entry.Name, version, "default"), there);
                Assert.Contains((entry.Name, version, "nulls"), there);
                Assert.Contains((entry.Name, version, "full"), there);
            }
        }
    }

    [WholeGoldenFact]
    public void All_messages_are_those_of_Kafka() => GoldenCheck.All(GoldenFiles.Whole(), Whole().Body);

    [WholeGoldenFact]
    public void All_framed_messages_are_those_of_Kafka() =>
        GoldenCheck.All(GoldenFiles.Whole(), Whole().Frame);

    [WholeGoldenFact]
    public void All_unknown_tags_are_kept_and_written_back_in_order() =>
        GoldenCheck.All(GoldenFiles.WholeUnknownTags(), Whole().UnknownTags);

    private static GoldenCheck Whole() => new(GoldenFiles.WholeIndex());
}
