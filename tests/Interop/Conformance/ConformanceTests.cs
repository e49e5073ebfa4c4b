using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Testbed.Wire;
using Xunit;

namespace Testbed.Tests.Interop;

/// <summary>
/// What Apache Kafka answered to recorded requests, asked of our broker: equal but for what differences.txt
/// lists.
/// </summary>
public sealed class ConformanceTests(ConformanceFixture run) : IClassFixture<ConformanceFixture>
{
    private static readonly DifferenceList Listed = DifferenceList.Parse(
        File.ReadAllText(Path.Combine(Clients.TestFolder, "differences.txt")));

    public static IEnumerable<object[]> Areas =>
        ConformanceFixture.Areas.Select(static area => new[] { area });

    [ClientTheory(Clients.Conformance)]
    [MemberData(nameof(Areas))]
    public void Answers_are_Kafkas_or_listed(string area)
    {
        var results = run.Results.Where(result => result.Area == area).ToList();
        Assert.NotEmpty(results);
        Assert.Equal("", string.Join(Environment.NewLine, Listed.Judge(results, [area])));
    }

    [ClientFact(Clients.Conformance)]
    public void What_comes_later_waits_for_an_api_that_is_not_served()
    {
        foreach (var line in Listed.Listed.Where(static line => line.Kind == DifferenceKind.Later))
        {
            Assert.True(
                Enum.TryParse<ApiKey>(line.Api, out var api),
                $"line {line.LineNumber}: {line.Api} is no API");
            Assert.False(run.Served.Contains((int)api), $"line {line.LineNumber}: {line.Api} is served");
        }
    }

    [Fact]
    public void Every_listed_difference_is_of_an_area_that_is_run() =>
        Assert.All(Listed.Listed, static line => Assert.Contains(line.Area, ConformanceFixture.Areas));
}
