using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Sim;
using Xunit;

namespace Testbed.Tests.Engine.Log.Cleaning;

public sealed class InterruptedCleaningTests
{
    private const long NowMs = 1_800_000_000_000;

    [Theory]
    [InlineData(CrashKind.PowerCut)]
    [InlineData(CrashKind.Process)]
    public void P6_after_a_crash_anywhere_the_log_is_as_before_or_after_one_of_the_swaps(CrashKind kind)
    {
        var seen = new SortedSet<int>();
        for (ulong seed = 1; seed <= 12; seed++)
        {
            var states = StatesOf(seed);
            var (bench, script) = Begun(seed);
            var steps = StepsOf(bench, script);
            for (var step = 1L; step < steps; step += 1 + (long)(seed % 3))
            {
                (bench, script) = Begun(seed);
                _ = Start(bench, script);
                RunEvents(bench, step);
                bench.Crash(kind);
                Interrupt(bench, kind, step);
                Assert.Null(bench.Wait(SwapCompletion.Run(bench.Shard, bench.Disk, CleanBench.Directory)));

                var found = states.IndexOf(ContentOf(bench));
                Assert.True(found >= 0, $"seed {seed}, event {step}: neither the old content nor the new");
                seen.Add(found);
            }
        }
        Assert.True(seen.Count > 2, "no crash was between two swaps");
    }

    [Fact]
    public void A_swap_file_that_is_damaged_keeps_the_log_closed_with_a_reason()
    {
        var (bench, script) = Begun(1);
        var content = script.Segments[0].SelectMany(batch => batch).ToArray();
        content[^1] ^= 1;
        var name = new PartitionFile(Offset.Zero, PartitionFileKind.Log, PartitionFileStage.Swap).Name;
        var file = bench.Wait(bench.Disk.Open($"{CleanBench.Directory}/{name}", OpenMode.CreateEmpty)).File!;
        bench.Wait(bench.Disk.Write(file, 0, [content]));
        var before = bench.Read();

        var problem = bench.Wait(SwapCompletion.Run(bench.Shard, bench.Disk, CleanBench.Directory));

        Assert.Contains(name, problem);
        Assert.Contains("checksum", problem);
        Assert.Equal(before, bench.Read());
    }

    /// <summary>Recovery is crashed too, after some of its events.</summary>
    private static void Interrupt(CleanBench bench, CrashKind kind, long step)
    {
        if (step % 2 == 0)
        {
            _ = SwapCompletion.Run(bench.Shard, bench.Disk, CleanBench.Directory);
            RunEvents(bench, step % 11);
            bench.Crash(kind);
        }
    }

    private static (CleanBench Bench, LogScript Script) Begun(ulong seed)
    {
        var bytes = new byte[160];
        new Prng(seed).Fill(bytes);
        var script = new LogScript().Append(bytes);
        var bench = new CleanBench(seed);
        bench.Take(script);
        return (bench, script);
    }

    private static EngineTask<CleanOutcome> Start(CleanBench bench, LogScript script) => bench.Begin(
        0,
        CompactionRounds.BoundOf(bench, script),
        new RemovalRule(NowMs, new Offset(long.MaxValue)),
        script.Live);

    private static long StepsOf(CleanBench bench, LogScript script)
    {
        var before = bench.World.EventCount;
        var task = Start(bench, script);
        Assert.Equal(CleanStatus.Cleaned, bench.Wait(task).Status);
        return bench.World.EventCount - before;
    }

    /// <summary>The log before the cleaning and after each of its swaps.</summary>
    private static List<string> StatesOf(ulong seed)
    {
        var (bench, script) = Begun(seed);
        var states = new List<string> { ContentOf(bench) };
        bench.AfterSwap = () => states.Add(ContentOf(bench));
        bench.Wait(Start(bench, script));
        return states;
    }

    /// <summary>Every batch of every live segment, and the names of all files there.</summary>
    private static string ContentOf(CleanBench bench)
    {
        var names = bench.Device.FilePaths().Where(path => !path.EndsWith(".deleted")).ToList();
        var batches = names.Where(path => path.EndsWith(".log"))
            .SelectMany(path => TestBatch.ReadAll(bench.Device.Contents(path)));
        return string.Join('\n', names.Concat(batches.Select(batch => batch.ToString())));
    }

    private static void RunEvents(CleanBench bench, long count)
    {
        var end = bench.World.EventCount + count;
        bench.World.RunWhile(() => bench.World.EventCount < end, bench.World.Now.PlusMs(60_000));
    }
}
