using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Testbed.Tests.Fence;

/// <summary>The forms in which banned symbols slip into real code, under the engine's whole list.</summary>
public class BannedFormsTests
{
    [Theory]
    [InlineData("_ = DateTime.UtcNow.Ticks;")]
    [InlineData("_ = Environment.TickCount64;")]
    [InlineData("_ = System.Diagnostics.Stopwatch.GetTimestamp();")]
    [InlineData("_ = new Random(42).Next();")]
    [InlineData("_ = Random.Shared;")]
    [InlineData("_ = Guid.NewGuid();")]
    [InlineData("_ = System.Security.Cryptography.RandomNumberGenerator.GetInt32(3);")]
    [InlineData("_ = Task.Run(() => 1);")]
    [InlineData("Func<Task> yield = async () => await Task.Yield(); yield();")]
    [InlineData("_ = new ValueTask<int>(1);")]
    [InlineData("_ = new TaskCompletionSource<int>();")]
    [InlineData("new Thread(() => { }).Start();")]
    [InlineData("_ = new Timer(_ => { });")]
    [InlineData("int shared = 0; Interlocked.Increment(ref shared);")]
    [InlineData("int shared = 0; _ = Volatile.Read(ref shared);")]
    [InlineData("var gate = new Lock(); lock (gate) { }")]
    [InlineData("_ = new SemaphoreSlim(1);")]
    [InlineData("_ = System.Threading.Channels.Channel.CreateUnbounded<int>();")]
    [InlineData("_ = new[] { 1, 2 }.AsParallel();")]
    [InlineData("_ = new Lazy<int>(() => 1).Value;")]
    [InlineData("_ = System.IO.File.Exists(\"x\");")]
    [InlineData("_ = new System.IO.MemoryStream();")]
    [InlineData("_ = System.Net.IPAddress.Loopback;")]
    [InlineData("Console.WriteLine();")]
    [InlineData("_ = HashCode.Combine(1, 2);")]
    [InlineData("_ = \"x\".GetHashCode();")]
    [InlineData("_ = (1, \"x\").GetHashCode();")]
    [InlineData("_ = new Id(1).GetHashCode();")]
    [InlineData("_ = EqualityComparer<string>.Default.GetHashCode(\"x\");")]
    [InlineData("_ = StringComparer.Ordinal.GetHashCode(\"x\");")]
    [InlineData("_ = new System.Collections.Concurrent.ConcurrentDictionary<int, int>();")]
    [InlineData("_ = new[] { 1 }.ToDictionary(x => x).ToFrozenDictionary();")]
    [InlineData("_ = new[] { 1 }.ToImmutableHashSet();")]
    [InlineData("_ = new PriorityQueue<int, int>();")]
    [InlineData("_ = System.Buffers.ArrayPool<byte>.Shared.Rent(1);")]
    [InlineData("GC.Collect();")]
    [InlineData("_ = typeof(int).Name;")]
    [InlineData("_ = new object().GetType();")]
    [InlineData("try { } catch (Exception error) { _ = error.ToString(); }")]
    [InlineData("try { } catch (Exception error) { _ = error.StackTrace; }")]
    public async Task An_offending_statement_is_reported(string statement) =>
        Assert.NotEmpty(await ReportsAsync($"public void Run() {{ {statement} }}"));

    [Theory]
    [InlineData("[ThreadStatic] private static int _current;")]
    [InlineData("[System.Runtime.InteropServices.DllImport(\"libc\")] private static extern int getpid();")]
    [InlineData("private sealed class Own : System.IO.MemoryStream { }")]
    public async Task An_offending_declaration_is_reported(string declaration) =>
        Assert.NotEmpty(await ReportsAsync(declaration));

    private static Task<IReadOnlyList<string>> ReportsAsync(string member)
    {
        var source =
            $$"""
            using System; using System.Collections.Frozen; using System.Collections.Generic;
            using System.Collections.Immutable; using System.Linq; using System.Threading;
            using System.Threading.Tasks;

            public readonly record struct Id(long Value);

            public class Planted { {{member}} }
            """;
        Assert.Empty(Snippet.Errors(source));
        return BannedAnalyzer.ReportsAsync(
            source, BannedLine.Read(Repository.Path("engine/BannedSymbols.txt")).Select(line => line.Text));
    }
}
