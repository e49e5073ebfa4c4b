using System.Linq;
using Xunit;

namespace Testbed.Tests.Fence;

/// <summary>The fourth fence: every tracked file keeps the house rules.</summary>
public class TidyTests
{
    public static TheoryData<string> Rules => [.. TidyRules.All.Select(rule => rule.Name)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_house_is_tidy(string rule) =>
        Findings.AreNone(TidyFile.All.SelectMany(TidyRules.All.Single(other => other.Name == rule).Check));
}
