using Xunit;

namespace Testbed.Tests.Fence;

/// <summary>
/// Each rule of the third fence is shown a program that breaks it, and what the compiler adds is let pass.
/// </summary>
public class PlantedOffenderTests
{
    [Theory]
    [InlineData(
        "private readonly object _gate = new(); void Run() { lock (_gate) { } }", "System.Threading.Monitor")]
    [InlineData(
        "private readonly Lock _gate = new(); void Run() { lock (_gate) { } }", "System.Threading.Lock")]
    [InlineData(
        "async Task Run() { await new Mine(); }", "AsyncTaskMethodBuilder.Create uses a task builder")]
    [InlineData(
        "async Task<int> Run() { await new Mine(); return 1; }",
        "AsyncTaskMethodBuilder`1.Create uses a task builder")]
    [InlineData(
        "async ValueTask Run() { await new Mine(); }",
        "AsyncValueTaskMethodBuilder.Create uses a task builder")]
    [InlineData(
        "async void Run() { await new Mine(); }", "AsyncVoidMethodBuilder.Create uses a task builder")]
    [InlineData(
        "async IAsyncEnumerable<int> Run() { await new Mine(); yield return 1; }",
        "AsyncIteratorMethodBuilder")]
    [InlineData("async void Run() { await Task.Yield(); }", "YieldAwaitable.GetAwaiter awaits a task")]
    [InlineData("~Planted() { }", "Planted has a finalizer")]
    [InlineData("private volatile int _x;", "has a volatile field")]
    [InlineData("void Run(ref int x) => Interlocked.Increment(ref x);", "System.Threading.Interlocked")]
    [InlineData("int Run(ref int x) => Volatile.Read(ref x);", "System.Threading.Volatile")]
    [InlineData("object Run() => DateTime.UtcNow;", "System.DateTime.get_UtcNow is on the list")]
    [InlineData("int Run(dynamic x) => x.Size;", "is dynamic")]
    [InlineData("private readonly Random _random;", "System.Random is on the list")]
    [InlineData("void Run(System.IO.Stream stream) { }", "System.IO.Stream is outside")]
    [InlineData("object Run() => new System.Net.IPEndPoint(0, 0);", "System.Net.IPEndPoint..ctor is outside")]
    [InlineData(
        "object Run() => new PriorityQueue<int, int>();", "System.Collections.Generic.PriorityQueue`2")]
    [InlineData("int Run(string x) => x.GetHashCode();", "System.Object.GetHashCode is on the list")]
    [InlineData("int Run<T>(T x) => x.GetHashCode();", "System.Object.GetHashCode is on the list")]
    [InlineData("void Run<T>() where T : System.IO.Stream { }", "System.IO.Stream is outside")]
    [InlineData(
        "void Run() { try { Run(); } catch (System.IO.IOException) { } }",
        "System.IO.IOException is outside")]
    [InlineData("object Run() => new List<System.IO.Stream>();", "System.IO.Stream is outside")]
    [InlineData("private sealed class Inner : System.IO.Stream2 { }", "System.IO.Stream2 is outside")]
    [InlineData(
        "object Run() => typeof(System.Text.RegularExpressions.Regex);",
        "System.Text.RegularExpressions.Regex is outside")]
    public void An_offender_is_caught(string member, string violation) =>
        Assert.Contains(Violations(member), text => text.Contains(violation));

    [Theory]
    [InlineData("int Run(Dictionary<int, int> x) { foreach (var pair in x) return pair.Key; return 0; }")]
    [InlineData("int Run(Dictionary<int, int> x) { foreach (var key in x.Keys) return key; return 0; }")]
    [InlineData("object Run(Dictionary<int, int> x) => x.Keys;")]
    [InlineData(
        "int Run(Dictionary<int, int> x) { foreach (var value in x.Values) return value; return 0; }")]
    [InlineData("int Run(HashSet<int> x) { foreach (var item in x) return item; return 0; }")]
    [InlineData("object Run(IReadOnlyDictionary<int, int> x) => x.Keys.First();")]
    [InlineData("void Run(HashSet<int> x, int[] to) => x.CopyTo(to);")]
    public void Walking_a_hash_table_is_caught(string member) =>
        Assert.Contains(Violations(member), text => text.Contains("walks a Dictionary or HashSet"));

    [Theory]
    [InlineData(
        "private static int _count; void Run() => _count++;", "_count is a static that can be assigned")]
    [InlineData(
        "public static int Count { get; set; }", "<Count>k__BackingField is a static that can be assigned")]
    [InlineData(
        "[ThreadStatic] private static int _count; void Run() => _count++;",
        "_count is a static that can be assigned")]
    [InlineData(
        "private static class Inner { public static int Count; }", "Count is a static that can be assigned")]
    [InlineData("private static readonly int[] Table = [1];", "Table is a static whose int[] can change")]
    [InlineData("private static readonly List<int> Table = [1];", "Table is a static whose")]
    [InlineData("private static readonly Dictionary<int, int> Table = new();", "Table is a static whose")]
    [InlineData(
        "private static readonly Counter Shared = new(); class Counter { public int Value; }",
        "Shared is a static whose")]
    [InlineData(
        "private static readonly Outer Shared = new(); class Outer { public readonly int[] Value = []; }",
        "Shared is a static whose")]
    [InlineData("private static readonly object Gate = new();", "Gate is a static whose object can change")]
    [InlineData("private static readonly IReadOnlyList<int[]> Table = [];", "Table is a static whose")]
    public void A_static_that_can_change_is_caught(string member, string violation) =>
        Assert.Contains(Violations(member), text => text.Contains(violation));

    [Theory]
    [InlineData("record Named(string Name, int Value, List<int> Items);")]
    [InlineData("readonly record struct Pair(string Name, int Value);")]
    [InlineData("record Base(string Name); record Derived(string Name, double Value) : Base(Name);")]
    [InlineData("object Run() => new { Name = \"x\", Value = 1 };")]
    [InlineData("IEnumerable<int> Run() { yield return 1; yield return 2; }")]
    [InlineData("event Action Changed; void Run() => Changed?.Invoke();")]
    [InlineData("object Run(List<int> x) => x.Where(item => item > 1).Select(int.Abs).ToList();")]
    [InlineData("object Run<T>(List<T> x) => x.Select(item => item.ToString()).ToList();")]
    [InlineData("IReadOnlyList<int> Run() => [1, 2, 3];")]
    [InlineData("IEnumerable<string> Run(string x) => [x];")]
    [InlineData("ReadOnlySpan<int> Run() => [1, 2, 3];")]
    [InlineData(
        "int Run(string x) => x switch { \"a\" or \"b\" or \"c\" or \"d\" or \"e\" or \"f\" => 1, _ => 0 };")]
    [InlineData("string Run(int x) => $\"{x} of {x:D4}\";")]
    [InlineData(
        "int Run(Dictionary<string, int> x) => x.TryGetValue(\"a\", out var value) ? value : x.Count;")]
    [InlineData("bool Run(HashSet<string> x) => x.Add(\"a\") || x.Contains(\"b\");")]
    [InlineData(
        "int Run(SortedDictionary<int, int> x) { foreach (var pair in x) return pair.Key; return 0; }")]
    [InlineData("async EngineTask Run(IShard shard) { await shard.Delay(1); await new Mine(); }")]
    [InlineData(
        "async EngineTask<int> Run(IShard shard) { try { await shard.Delay(1); } finally { } return 1; }")]
    [InlineData(
        "private static readonly Counter One = new(1, \"x\"); record Counter(int Value, string Name);")]
    [InlineData("private static readonly IReadOnlyList<string> Names = [\"a\"];")]
    [InlineData("private static readonly ImmutableArray<(int, string)> Names = [(1, \"a\")];")]
    [InlineData("public static Instant Start => Instant.Never;")]
    [InlineData("private static readonly Chain Head = new(null, 1); record Chain(Chain Next, int Value);")]
    public void What_an_engine_room_may_write_is_let_pass(string member) => Assert.Empty(Violations(member));

    private static string[] Violations(string member)
    {
        var image = Snippet.Image(
            $$"""
            using System; using System.Collections.Generic; using System.Collections.Immutable;
            using System.Linq; using System.Threading; using System.Threading.Tasks; using Testbed.Foundation;

            public class Planted { {{member}} }

            public readonly struct Mine : IEngineAwaiter
            {
                public Mine GetAwaiter() => this;
                public bool IsCompleted => false;
                public void GetResult() { }
                public void Park(EngineFrame frame) { }
                public void OnCompleted(Action then) { }
                public void UnsafeOnCompleted(Action then) { }
            }

            namespace System.IO { public class Stream2 { } }
            """);
        return [.. EngineFence.Violations([.. image], EngineRoom.Strictest)];
    }
}
