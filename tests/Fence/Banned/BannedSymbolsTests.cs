using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Testbed.Tests.Fence;

/// <summary>
/// The second fence: every line of the lists of banned symbols is shown to bite, on its own.
/// </summary>
public class BannedSymbolsTests
{
    [Theory]
    [InlineData("engine/BannedSymbols.txt")]
    [InlineData("engine/Compression/BannedSymbols.txt")]
    public async Task Every_line_bites(string list)
    {
        var lines = BannedLine.Read(Repository.Path(list));
        Assert.NotEmpty(lines);
        var toothless = new List<string>();
        foreach (var line in lines)
        {
            if (!await BitesAsync(line))
            {
                toothless.Add(line.Text);
            }
        }
        Findings.AreNone(toothless);
    }

    [Theory]
    [InlineData("engine/BannedSymbols.txt")]
    [InlineData("engine/Compression/BannedSymbols.txt")]
    public void Every_line_names_what_to_use_instead(string list) =>
        Assert.DoesNotContain(BannedLine.Read(Repository.Path(list)), line => line.Message.Length < 5);

    [Theory]
    [InlineData("T:System.Randon;Use Prng")]
    [InlineData("T:System.Lazy;The id of a generic type ends in `1")]
    [InlineData("M:System.DateTime.UtcNow;A property is P:, not M:")]
    [InlineData("P:System.DateTime.Utcnow;Ids are case-sensitive")]
    [InlineData("M:System.String.GetHashCode(StringComparison);Parameters are written with their namespace")]
    [InlineData("N:System.Threads;Nothing lives there")]
    [InlineData("System.Random;No kind")]
    public async Task A_wrong_id_is_noticed(string line) =>
        Assert.False(await BitesAsync(BannedLine.Parse(line)));

    [Fact]
    public async Task A_namespace_covers_the_namespaces_inside_it() =>
        Assert.NotEmpty(await BannedAnalyzer.ReportsAsync(
            "class Planted { object Run() => typeof(System.Threading.Channels.Channel); }",
            "N:System.Threading;Use IShard"));

    [Fact]
    public async Task An_innocent_program_is_not_reported() =>
        Assert.Empty(await BannedAnalyzer.ReportsAsync(
            "class Planted { int Run(int a) => System.Math.Abs(a); }",
            BannedLine.Read(Repository.Path("engine/BannedSymbols.txt")).Select(line => line.Text)));

    private static async Task<bool> BitesAsync(BannedLine line) =>
        Offender.Of(line.Id) is { } source
        && Snippet.Errors(source).Count == 0
        && (await BannedAnalyzer.ReportsAsync(source, line.Text))
            .Any(report => report.EndsWith(line.Message));
}
