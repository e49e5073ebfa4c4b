using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace Testbed.Tests.Interop;

/// <summary>The judge of the conformance run, on runs that are made up.</summary>
public sealed class DifferenceListTests
{
    private static readonly string[] Areas = ["produce", "configs"];

    [Fact]
    public void A_failure_that_is_not_listed_is_found() =>
        Assert.Equal(["produce/a fails: got 1"], Judge("", ("produce/a", "got 1"), ("produce/b", null)));

    [Fact]
    public void A_failure_that_is_listed_is_not_found() => Assert.Empty(Judge(
        """
        # a comment

        difference produce/a: so it is meant
        later configs/inc-*: IncrementalAlterConfigs is asked
        """,
        ("produce/a", "got 1"),
        ("configs/inc-set", "got 2"),
        ("configs/inc-append", "got 3")));

    [Fact]
    public void A_listed_scenario_that_passes_is_found() => Assert.Equal(
        ["line 1: produce/a passes; it need not be listed any more"],
        Judge("difference produce/a: so it is meant", ("produce/a", null)));

    [Fact]
    public void A_scenario_under_a_star_that_passes_is_found() => Assert.Equal(
        ["line 1: configs/inc-set passes; it need not be listed any more"],
        Judge(
            "later configs/inc-*: IncrementalAlterConfigs is asked",
            ("configs/inc-set", null),
            ("configs/inc-append", "got 1")));

    [Fact]
    public void A_listed_scenario_that_does_not_exist_is_found() => Assert.Equal(
        ["line 1: there is no scenario produce/gone"],
        Judge("difference produce/gone: so it is meant", ("produce/a", null)));

    [Fact]
    public void Lines_about_areas_that_did_not_run_are_not_judged() =>
        Assert.Empty(Judge("difference fetch/a: so it is meant", ("produce/a", null)));

    [Theory]
    [InlineData("produce/a: so it is meant")]
    [InlineData("never produce/a: so it is meant")]
    [InlineData("difference produce/a")]
    [InlineData("difference produce: so it is meant")]
    [InlineData("difference produce/a: because")]
    [InlineData("later produce/*: DescribeProducers is asked")]
    [InlineData("difference configs/*: so it is meant")]
    [InlineData("difference produce/a: so it is meant\nlater produce/a: DescribeProducers is asked")]
    [InlineData("later configs/a-*: AlterConfigs is asked\nlater configs/a-b: AlterConfigs is asked")]
    public void A_line_that_breaks_the_rules_of_the_file_is_refused(string text) =>
        Assert.Throws<FormatException>(() => DifferenceList.Parse(text));

    [Fact]
    public void More_differences_than_are_allowed_are_refused()
    {
        var allowed = Enumerable.Range(0, DifferenceList.DifferencesMax)
            .Select(static i => $"difference produce/{(char)('a' + i)}: so it is meant");
        var text = string.Join('\n', allowed);
        Assert.Equal(DifferenceList.DifferencesMax, DifferenceList.Parse(text).Listed.Count);
        Assert.Throws<FormatException>(() =>
            DifferenceList.Parse(text + "\ndifference fetch/a: so it is meant"));
    }

    [Fact]
    public void A_run_that_was_cut_short_is_refused()
    {
        string[] whole = ["ok produce/a", "FAIL produce/b: step 1: x: got 1", "1 passed, 1 failed"];
        Assert.Equal(
            [new ScenarioResult("produce/a", null), new ScenarioResult("produce/b", "step 1: x: got 1")],
            ScenarioResult.ParseAll(whole));
        Assert.Throws<FormatException>(() => ScenarioResult.ParseAll(whole[..2]));
        Assert.Throws<FormatException>(() => ScenarioResult.ParseAll(whole[1..]));
        Assert.Throws<FormatException>(() => ScenarioResult.ParseAll([]));
    }

    private static IReadOnlyList<string> Judge(
        string text, params (string Name, string? Failure)[] results) =>
        DifferenceList.Parse(text).Judge(
            [.. results.Select(static one => new ScenarioResult(one.Name, one.Failure))], Areas);
}
