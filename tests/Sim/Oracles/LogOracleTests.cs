using Testbed.Foundation;
using Testbed.Log;
using Testbed.Sim.Oracles;
using Xunit;

namespace Testbed.Tests.Sim.Oracles;

/// <summary>Each promise of a log has a report that breaks it, and an innocent one next to it.</summary>
public sealed class LogOracleTests
{
    private static readonly NodeId Node = new(1);
    private static readonly TopicPartition Log = new("t", 0);

    private readonly LogOracle _oracle = new();

    public LogOracleTests()
    {
        Assert.Null(Check(new LogOpened(Log, At(0), At(0), 0)));
        Assert.Null(Check(Batch(0, 10, epoch: 1)));
        Assert.Null(Check(new LogWritten(Log, At(10), IsSynced: true)));
        Assert.Null(Check(Batch(10, 20, epoch: 1)));
        Assert.Null(Check(new LogWritten(Log, At(20), IsSynced: false)));
    }

    [Fact]
    public void Offsets_are_given_without_gap()
    {
        Assert.Contains("without gap", Check(Batch(21, 22, epoch: 1)));
        Assert.Null(Check(Batch(22, 23, epoch: 1)));
        Assert.Contains("without gap", Check(Batch(22, 24, epoch: 1)));
    }

    [Fact]
    public void Leader_epochs_never_go_back()
    {
        Assert.Null(Check(Batch(20, 21, epoch: 3)));
        Assert.Contains("epochs never go back", Check(Batch(21, 22, epoch: 2)));
    }

    [Theory]
    [InlineData(19)]
    [InlineData(20)]
    [InlineData(21)]
    public void What_is_written_goes_up_to_what_is_appended(long end) =>
        Assert.Contains("up to what is appended", Check(new LogWritten(Log, At(end), IsSynced: true)));

    [Fact]
    public void What_was_synced_is_there_after_a_start()
    {
        Assert.Null(Check(new LogOpened(Log, At(0), At(10), 5)));
        Assert.Contains("what was synced is there", Check(new LogOpened(Log, At(0), At(9), 5)));
    }

    [Fact]
    public void What_was_cut_on_purpose_is_not_missed()
    {
        Assert.Null(Check(new LogTruncated(Log, At(0), At(4))));
        Assert.Null(Check(new LogOpened(Log, At(0), At(4), 0)));
        Assert.Contains("what was synced is there", Check(new LogOpened(Log, At(0), At(3), 0)));
    }

    [Fact]
    public void Deleted_records_stay_deleted()
    {
        Assert.Null(Check(new SegmentsDeleted(Log, 1, At(8))));
        Assert.Contains("moves up within the log", Check(new SegmentsDeleted(Log, 1, At(7))));
        Assert.Null(Check(new SegmentsDeleted(Log, 1, At(9))));
        Assert.Contains("moves up within the log", Check(new SegmentsDeleted(Log, 1, At(21))));
        Assert.Contains("stay deleted", Check(new LogOpened(Log, At(8), At(20), 0)));
    }

    [Fact]
    public void Compaction_stays_within_the_log()
    {
        Assert.Null(Check(new LogCleaned(Log, At(0), At(20), 2, 1, 1)));
        Assert.Contains("stays within the log", Check(new LogCleaned(Log, At(0), At(21), 2, 1, 1)));
    }

    private string? Check(ITraceEvent happened) => _oracle.Check(Node, happened);

    private static Offset At(long offset) => new(offset);

    private static BatchAppended Batch(long offset, long end, int epoch) =>
        new(Log, At(offset), At(end), new LeaderEpoch(epoch), 0);
}
