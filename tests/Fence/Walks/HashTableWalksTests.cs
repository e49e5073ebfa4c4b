using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Testbed.Tests.Fence;

/// <summary>The third fence, where compiled code is mute: hash tables that become sequences.</summary>
public class HashTableWalksTests
{
    private static readonly string[] Fenced = ["engine/", "sim/", "models/"];

    [Fact]
    public async Task No_fenced_room_walks_a_hash_table()
    {
        var files = TrackedFiles.All.Where(file =>
            file.EndsWith(".cs")
                && Fenced.Any(file.StartsWith)
                && !file.StartsWith("engine/Wire.Generator/"));
        var trees = files.Select(file => Snippet.Parse(File.ReadAllText(Repository.Path(file)), file))
            .ToList();
        Assert.NotEmpty(trees);
        Findings.AreNone(trees.SelectMany(tree => tree.GetDiagnostics()).Select(error => error.ToString()));
        Findings.AreNone(await HashTableWalks.FindAsync(Snippet.World.AddSyntaxTrees(trees)));
    }

    [Theory]
    [InlineData("object Run(Dictionary<int, int> x) => x.Select(pair => pair.Key).ToList();")]
    [InlineData("object Run(Dictionary<int, int> x) => x.OrderBy(pair => pair.Key);")]
    [InlineData("object Run(HashSet<int> x) => x.ToArray();")]
    [InlineData("object Run(HashSet<int> x) => new List<int>(x);")]
    [InlineData("void Run(HashSet<int> x, List<int> to) => to.AddRange(x);")]
    [InlineData("int[] Run(HashSet<int> x) => [.. x];")]
    [InlineData("string Run(HashSet<string> x) => string.Join(',', x);")]
    [InlineData("IEnumerable<int> Run(HashSet<int> x) => x;")]
    [InlineData("void Run(HashSet<int> x) { foreach (var item in x) { } }")]
    [InlineData("void Run(IReadOnlyDictionary<int, int> x) { foreach (var item in x) { } }")]
    [InlineData("bool Run(ISet<int> x) => x.Any(item => item > 1);")]
    [InlineData("object Run(HashSet<int> x) => (System.Collections.IEnumerable)x;")]
    public async Task A_walk_is_caught(string member) => Assert.NotEmpty(await WalksAsync(member));

    [Theory]
    [InlineData("object Run(SortedDictionary<int, int> x) => x.Select(pair => pair.Key).ToList();")]
    [InlineData("void Run(SortedSet<int> x) { foreach (var item in x) { } }")]
    [InlineData("int[] Run(List<int> x) => [.. x];")]
    [InlineData("void Run(HashSet<int> x, HashSet<int> y) => x.UnionWith(y);")]
    [InlineData("bool Run(HashSet<int> x, HashSet<int> y) => x.SetEquals(y);")]
    [InlineData("object Run(HashSet<int> x) => new SortedSet<int>(x);")]
    [InlineData("object Run(Dictionary<int, int> x) => new SortedDictionary<int, int>(x);")]
    [InlineData("IReadOnlyDictionary<int, int> Run(Dictionary<int, int> x) => x;")]
    [InlineData("bool Run(Dictionary<int, int> x) => x.ContainsKey(1) && x.Count > 1;")]
    public async Task Looking_up_and_walking_in_order_is_let_pass(string member) =>
        Assert.Empty(await WalksAsync(member));

    private static Task<IReadOnlyList<string>> WalksAsync(string member)
    {
        var source = $"using System.Collections.Generic; using System.Linq; class Planted {{ {member} }}";
        Assert.Empty(Snippet.Errors(source));
        return HashTableWalks.FindAsync(Snippet.Compile(source));
    }
}
