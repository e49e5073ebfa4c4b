using System;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using FsCheck.Xunit;
using Xunit;

namespace Testbed.Tests.Engine;

/// <summary>
/// The project's own [Property]. Alone, because FSCHECK_REPLAY speaks to every property of the process.
/// </summary>
[Collection(nameof(PropertyAttributeTests))]
[CollectionDefinition(nameof(PropertyAttributeTests), DisableParallelization = true)]
public class PropertyAttributeTests
{
    private const string ReplayVariable = "FSCHECK_REPLAY";

    [Property]
    public bool A_property_of_this_project_runs(int a, int b) => a + (long)b == b + (long)a;

    [Fact]
    public async Task A_property_that_holds_passes_and_says_how_often()
    {
        var running = await PropertyRunning.RunAsync(nameof(PlantedProperties.Holds));
        Assert.True(running.HasPassed);
        Assert.Contains("passed 100 tests", running.Output);
    }

    [Fact]
    public async Task A_property_that_fails_reports_the_smallest_case_and_how_to_replay_it()
    {
        var running = await PropertyRunning.RunAsync(nameof(PlantedProperties.Fails_above_nine));
        Assert.False(running.HasPassed);
        Assert.Matches(@"Falsifiable, after \d+ test", running.Failure);
        Assert.Matches(@"(Original|Shrunk):\s+10u?\b", running.Failure);
        Assert.Matches(@"\(\d+,\d+\)", running.Failure);
    }

    [Fact]
    public async Task A_property_that_throws_fails_with_what_it_threw()
    {
        var running = await PropertyRunning.RunAsync(nameof(PlantedProperties.Throws));
        Assert.Contains(nameof(DivideByZeroException), running.Failure);
        Assert.Contains("[|-1|]", running.Failure);
    }

    [Fact]
    public async Task The_same_replay_draws_the_same_cases()
    {
        var first = await SeenAsync(nameof(PlantedProperties.Remembers));
        var second = await SeenAsync(nameof(PlantedProperties.Remembers));
        Assert.Equal(100, first.Length);
        Assert.Equal(first, second);
    }

    [Fact]
    public async Task A_replay_with_a_size_is_one_case() =>
        Assert.Single(await SeenAsync(nameof(PlantedProperties.Remembers_one_size)));

    [Fact]
    public async Task The_environment_replays_what_a_failure_printed()
    {
        var failure = (await PropertyRunning.RunAsync(nameof(PlantedProperties.Fails_above_nine))).Failure;
        var seed = Found(failure, @"(?<=seed of \()\d+,\d+");
        var size = Found(failure, @"(?<=size of )\d+");
        var again = await WithReplayAsync($"({seed},{size})", nameof(PlantedProperties.Fails_above_nine));
        Assert.Contains("after 1 test", again.Failure);
        Assert.Equal(Original(failure), Original(again.Failure));
    }

    [Fact]
    public async Task The_environment_wins_over_the_attribute()
    {
        var asWritten = await SeenAsync(nameof(PlantedProperties.Remembers));
        PlantedProperties.Seen.Clear();
        await WithReplayAsync("12345,67893", nameof(PlantedProperties.Remembers));
        Assert.NotEqual(asWritten, PlantedProperties.Seen);
    }

    [Fact]
    public async Task A_replay_that_cannot_be_read_fails_the_property() =>
        Assert.Contains("'x' is not", (await WithReplayAsync("x", nameof(PlantedProperties.Holds))).Failure);

    [Fact]
    public async Task The_number_of_cases_is_a_setting() =>
        Assert.Equal(7, (await SeenAsync(nameof(PlantedProperties.Counts))).Length);

    [Fact]
    public async Task A_verbose_property_prints_every_case_and_a_quiet_one_nothing()
    {
        var verbose = await PropertyRunning.RunAsync(nameof(PlantedProperties.Prints));
        Assert.Matches("(?s)0:.*1:.*2:", verbose.Output);
        Assert.Equal("", (await PropertyRunning.RunAsync(nameof(PlantedProperties.Is_quiet))).Output);
    }

    private static string Original(string failure) => Found(failure, @"(?<=Original:\s*)\S+");

    private static string Found(string text, string pattern)
    {
        var match = Regex.Match(text, pattern, RegexOptions.None, TimeSpan.FromSeconds(10));
        Assert.True(match.Success, text);
        return match.Value;
    }

    private static async Task<int[]> SeenAsync(string property)
    {
        PlantedProperties.Seen.Clear();
        var running = await PropertyRunning.RunAsync(property);
        Assert.True(running.HasPassed);
        return [.. PlantedProperties.Seen];
    }

    private static async Task<PropertyRunning> WithReplayAsync(string replay, string property)
    {
        Environment.SetEnvironmentVariable(ReplayVariable, replay);
        try
        {
            return await PropertyRunning.RunAsync(property);
        }
        finally
        {
            Environment.SetEnvironmentVariable(ReplayVariable, null);
        }
    }
}
