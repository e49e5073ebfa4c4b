using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Xunit;

namespace Testbed.Tests.Engine.Log.Cleaning;

/// <summary>Segments 0, 10 and 20 are replaced by one; 30 is active.</summary>
public sealed class SwapRecoveryTests
{
    private const string OldFiles = "0.log 0.index 0.timeindex 0.txnindex 10.log 10.index 10.timeindex "
        + "20.log 20.index 20.timeindex 20.txnindex 20.snapshot 30.log 30.index 30.timeindex";

    private const string OldContent = "0.index=old 0.log=old 0.timeindex=old 0.txnindex=old 10.index=old "
        + "10.log=old 10.timeindex=old 20.index=old 20.log=old 20.snapshot=old 20.timeindex=old "
        + "20.txnindex=old 30.index=old 30.log=old 30.timeindex=old";

    private const string Kept = "20.snapshot=old 30.index=old 30.log=old 30.timeindex=old";

    private static readonly Offset[] OldBases = [new(0), new(10), new(20)];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void P6_wherever_a_swap_and_its_recovery_are_cut_the_content_is_the_old_or_the_new(bool hasAborted)
    {
        var cleaned = Cleaned(hasAborted);
        var commit = SegmentSwap.Commit(cleaned);
        List<FileOperation> steps = [.. commit, .. SegmentSwap.Complete(OldBases, cleaned)];
        for (var done = 0; done <= steps.Count; done++)
        {
            var directory = Written(hasAborted);
            steps.Take(done).ToList().ForEach(step => directory.Apply(step));
            var expected = done < commit.Count ? OldContent : NewContent(hasAborted);

            Assert.Equal(expected, Recovered(directory));
            foreach (var cut in CutRecoveries(directory))
            {
                Assert.Equal(expected, Recovered(cut));
            }
        }
    }

    [Fact]
    public void Without_leftovers_nothing_is_done()
    {
        var directory = new PaperDirectory(OldFiles + " 5.checkpoint.deleted", "old");

        Assert.Empty(SwapRecovery.Plan(directory.Names, []));
        Assert.Empty(SwapRecovery.SwapsToRead(directory.Names));
    }

    [Theory]

    // Kafka renames the log first: it was interrupted before its indexes, and had not touched the old ones.
    [InlineData("0.log 0.index 5.log 0.log.swap 0.index.cleaned", 10, "0.index 0.log 5.log")]

    // Deleted segments, as a running broker leaves them behind for a minute.
    [InlineData("0.log 0.log.deleted 7.snapshot.deleted 7.txnindex.deleted", 0, "0.log")]

    // An interrupted cleaning, and one that came later.
    [InlineData("0.log 50.log 50.log.cleaned 50.index.cleaned", 0, "0.log 50.log")]

    // The log was renamed back already.
    [InlineData("0.log 0.index.swap 0.timeindex 0.timeindex.swap", 0, "0.index 0.log 0.timeindex")]

    // A segment of Kafka that ends before the segments it replaces: the later one stays.
    [InlineData("0.log 5.log 8.log 0.log.swap 0.index.swap", 6, "0.index 0.log 8.log")]

    // Nothing was left of all its records.
    [InlineData("0.log 0.txnindex 5.log 0.log.swap", 0, "0.log 5.log")]

    // Not of a log at all.
    [InlineData("0.log 0.log.swap 0.partition.metadata 0.checkpoint 0.checkpoint.deleted", 1,
        "0.checkpoint 0.checkpoint.deleted 0.log 0.partition.metadata")]
    public void What_Kafka_left_is_completed(string names, long swapEnd, string expected)
    {
        var directory = new PaperDirectory(names, "x");
        var ends = new SortedDictionary<Offset, Offset>();
        foreach (var swapBase in SwapRecovery.SwapsToRead(directory.Names))
        {
            ends[swapBase] = new Offset(swapEnd);
        }
        Run(directory, SwapRecovery.Plan(directory.Names, ends));

        Assert.Equal(expected.Replace(" ", "=x ") + "=x", directory.ToString());
    }

    [Fact]
    public void The_parts_of_a_split_segment_replace_it_together()
    {
        var directory = new PaperDirectory("0.log 100.log", "old").Add("0.log.swap 40.log.swap", "new");
        var ends = new SortedDictionary<Offset, Offset>
        {
            [new(0)] = new(40), [new(40)] = new(100),
        };
        Run(directory, SwapRecovery.Plan(directory.Names, ends));

        Assert.Equal("0.log=new 100.log=old 40.log=new", Sorted(directory));
    }

    [Theory]
    [InlineData("00000000000000000042.log", true)]
    [InlineData("00000000000000000042.txnindex.swap", true)]
    [InlineData("00000000000000000042.timeindex.cleaned", true)]
    [InlineData("00000000000000000042.snapshot.deleted", true)]
    [InlineData("00000000000000000042", false)]
    [InlineData("00000000000000000042.log.swap.swap", false)]
    [InlineData("0000000000000000004x.log", false)]
    [InlineData("99999999999999999999.log", false)]
    [InlineData("-0000000000000000042.log", false)]
    [InlineData("00000000000000000042-0000000001.checkpoint", false)]
    [InlineData("leader-epoch-checkpoint", false)]
    public void Names_are_read_as_they_are_written(string name, bool isOne)
    {
        Assert.Equal(isOne, PartitionFile.TryParse(name, out var file));
        Assert.True(!isOne || file.Name == name);
    }

    /// <summary>
    /// What is there after a power cut within the recovery: any of its first steps done, and of the deletes
    /// whose names were not synced any few undone.
    /// </summary>
    private static IEnumerable<PaperDirectory> CutRecoveries(PaperDirectory directory)
    {
        var steps = Plan(directory);
        for (var done = 1; done <= steps.Count; done++)
        {
            var durable = steps.Take(done).ToList().FindLastIndex(
                step => step.Kind != FileOperationKind.Delete) + 1;
            for (var lost = 0; lost < 1 << (done - durable); lost++)
            {
                var cut = directory.Copy();
                for (var i = 0; i < done; i++)
                {
                    if (i < durable || (lost >> (i - durable) & 1) == 0)
                    {
                        cut.Apply(steps[i]);
                    }
                }
                yield return cut;
            }
        }
    }

    private static string Recovered(PaperDirectory directory)
    {
        var recovered = directory.Copy();
        Run(recovered, Plan(recovered));
        return recovered.ToString();
    }

    private static List<FileOperation> Plan(PaperDirectory directory)
    {
        var ends = new SortedDictionary<Offset, Offset>();
        foreach (var swapBase in SwapRecovery.SwapsToRead(directory.Names))
        {
            ends[swapBase] = new Offset(30);
        }
        return SwapRecovery.Plan(directory.Names, ends);
    }

    private static void Run(PaperDirectory directory, List<FileOperation> steps) =>
        steps.ForEach(step => directory.Apply(step));

    private static PaperDirectory Written(bool hasAborted)
    {
        var directory = new PaperDirectory(OldFiles, "old")
            .Add("0.log.cleaned 0.index.cleaned 0.timeindex.cleaned", "new");
        return hasAborted ? directory.Add("0.txnindex.cleaned", "new") : directory;
    }

    private static string NewContent(bool hasAborted) =>
        $"0.index=new 0.log=new 0.timeindex=new {(hasAborted ? "0.txnindex=new " : "")}{Kept}";

    private static string Sorted(PaperDirectory directory) =>
        string.Join(' ', directory.ToString().Split(' ').Order(System.StringComparer.Ordinal));

    private static CleanedSegment Cleaned(bool hasAborted) => new(
        new Offset(0),
        new Offset(30),
        100,
        -1,
        -1,
        hasAborted ? [new AbortedTransaction(new ProducerId(1), new(2), new(5), new(5))] : []);
}
