using System;
using System.IO;
using System.Threading.Tasks;
using Testbed.Runner;
using Xunit;

namespace Testbed.Tests.Runner.Logs;

/// <summary>`testbed log verify` where files have gone, or cannot be what they are.</summary>
public sealed class LostSegmentTests(GoldenDirectories golden) : IClassFixture<GoldenDirectories>, IDisposable
{
    private const string Source = "single-clean/data1";
    private const string Middle = "txn-0/00000000000000000092";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("testbed-lost-");

    [Fact]
    public async Task A_lost_segment_between_others_is_a_problem()
    {
        Copy();
        File.Delete(PathOf(Middle + ".log"));

        await Verify("txn-0/00000000000000000092.index: belongs to no segment");
    }

    [Fact]
    public async Task And_so_it_is_when_nothing_of_it_is_left()
    {
        Copy();
        foreach (var file in _folder.GetFiles(Middle[6..] + ".*", SearchOption.AllDirectories))
        {
            if (file.Directory!.Name == "txn-0")
            {
                file.Delete();
            }
        }

        await Verify(" but the segment before it ends at 92");
    }

    [Fact]
    public async Task A_lost_partition_of_which_a_checkpoint_speaks_is_a_problem()
    {
        Copy();
        Directory.Delete(PathOf("txn-0"), recursive: true);

        await Verify("recovery-point-offset-checkpoint: txn-0 has offset");
    }

    [Fact]
    public async Task A_segment_that_is_larger_than_any_is_a_problem()
    {
        Copy();
        using (var file = File.OpenWrite(PathOf("txn-0/00000000000000000350.log")))
        {
            file.SetLength(3L << 30);
        }

        await Verify("has 3221225472 bytes, which no segment has");
    }

    /// <summary>Opening the log ends the swap: nothing is lost.</summary>
    [Theory]
    [InlineData(".log")]
    [InlineData(".log .index")]
    [InlineData(".log .index .timeindex .txnindex")]
    public async Task A_segment_that_a_compaction_is_taking_away_is_no_problem(string taken)
    {
        Copy();
        foreach (var suffix in taken.Split(' '))
        {
            File.Move(PathOf(Middle + suffix), PathOf(Middle + suffix + ".deleted"));
        }
        File.Copy(PathOf("txn-0/00000000000000000000.log"), PathOf("txn-0/00000000000000000000.log.swap"));
        var run = await Invocation.Run("log", "verify", _folder.FullName);

        Assert.DoesNotContain(run.Lines, static line => line.StartsWith("problem "));
        Assert.Equal(ExitCode.Ok, run.ExitCode);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task Verify(string problem)
    {
        var run = await Invocation.Run("log", "verify", _folder.FullName);

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains(run.Lines, line => line.StartsWith("problem ") && line.Contains(problem));
    }

    private void Copy()
    {
        var source = golden.PathOf(Source);
        foreach (var file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = PathOf(Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
