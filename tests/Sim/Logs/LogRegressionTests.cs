using Xunit;

namespace Testbed.Tests.Sim.Logs;

/// <summary>What sequences once found, shrunk.</summary>
public sealed class LogRegressionTests
{
    [Theory]
    [InlineData(3, "TruncateFully:7 Burst:9")]
    [InlineData(6, "Append:26")]
    public void The_latest_record_below_a_bound_is_found_though_a_later_one_follows(
        ulong seed, string steps) => Holds(seed, steps);

    [Theory]
    [InlineData(4, "Burst:6 EndTransaction:8 StopCleanly:10")]
    [InlineData(63, "CrashInTruncation:0 Burst:6 EndTransaction:7 StopCleanly:8")]
    [InlineData(60, "AppendInTransaction:4 EndTransaction:5 Burst:7 EndTransaction:11 StopCleanly:14")]
    public void Aborted_transactions_of_a_segment_without_index_entries_outlive_a_restart(
        ulong seed, string steps) => Holds(seed, steps);

    [Theory]
    [InlineData(216, "Burst:7 EndTransaction:11 StopCleanly:13 CrashWithDamage:15")]
    [InlineData(169, "Burst:5 AppendInTransaction:6 EndTransaction:11 Flush:12 KeepPoint:13 AdvanceStart:16 "
        + "CrashWithDamage:21")]
    public void Aborted_transactions_are_found_again_when_their_index_is_damaged(ulong seed, string steps) =>
        Holds(seed, steps);

    [Theory]
    [InlineData(1, "Burst:19 Flush:20 KeepPoint:24 Burst:26 CrashInTruncation:32")]
    [InlineData(874, "Burst:11 EndTransaction:16 Append:26 EndTransaction:27 AppendInTransaction:35 "
        + "TruncateTo:45 StopCleanly:46")]
    [InlineData(87, "TruncateFully:4 AppendInTransaction:9 BeginFlush:10 EndTransaction:11 Look:12 "
        + "AppendInTransaction:13 BumpProducer:14 Burst:15 KeepPoint:16 CrashInTruncation:18")]
    public void A_truncated_segment_is_examined_as_a_whole(ulong seed, string steps) => Holds(seed, steps);

    [Theory]
    [InlineData(36, "Elect:0 TruncateTo:1")]
    [InlineData(5, "Append:7 Elect:9 TruncateTo:14")]
    public void A_truncation_that_cuts_no_record_takes_an_epoch_without_records_back(
        ulong seed, string steps) => Holds(seed, steps);

    [Theory]
    [InlineData(99, "AdvanceStart:0 AppendInTransaction:1 EndTransaction:2 Flush:5 Kill:17 Burst:18 "
        + "Append:20 TruncateTo:21 AdvanceStart:23 CrashWithDamage:28 StopCleanly:32 PowerCut:37")]
    [InlineData(89, "Burst:0 AppendInTransaction:1 Append:2 Look:3 PowerCut:6 CrashWithDamage:12 Kill:21 "
        + "PowerCut:22 Kill:23 StopCleanly:26")]
    public void Indexes_that_recovery_makes_anew_outlive_a_power_cut(ulong seed, string steps) =>
        Holds(seed, steps);

    [Theory]
    [InlineData(145, "Burst:3 Elect:4 Burst:6 StopCleanly:11 CrashWithDamage:12")]
    [InlineData(1640, "KeepPoint:4 Burst:6 EndTransaction:8 StopCleanly:9 AppendInTransaction:13 Settle:15 "
        + "CrashWithDamage:16")]
    public void Epochs_are_read_from_the_log_when_their_checkpoint_is_lost(ulong seed, string steps) =>
        Holds(seed, steps);

    [Theory]
    [InlineData(3, "Append:2 Look:4 Burst:5 Retain:6")]
    [InlineData(164, "CrashInTruncation:8 Burst:9 Flush:10 Burst:11 Retain:12")]
    public void Retention_leaves_what_was_still_being_written_when_it_began(ulong seed, string steps) =>
        Holds(seed, steps);

    [Theory]
    [InlineData(395, "Burst:10 AppendInTransaction:12 EndTransaction:13 EndTransaction:15 Flush:19 "
        + "Compact:21")]
    public void The_latest_record_is_found_though_an_emptied_batch_was_later(ulong seed, string steps) =>
        Holds(seed, steps);

    [Theory]
    [InlineData(12727, "Append:10 Append:11 Flush:12 CrashInCompaction:23 TruncateTo:24 BumpProducer:27 "
        + "EndTransaction:45 EndTransaction:46 Append:56 CrashInCompaction:57 Compact:58")]
    public void What_is_appended_in_place_of_compacted_records_is_not_taken_for_compacted(
        ulong seed, string steps) => Holds(seed, steps);

    [Theory]
    [InlineData(1019, "CrashWithDamage:0 AppendInTransaction:1 StopCleanly:2 CrashWithDamage:6 "
        + "CrashInTruncation:7 CrashInCompaction:8")]
    public void What_an_interrupted_truncation_has_cut_does_not_come_back_after_it_was_gone(
        ulong seed, string steps) => Holds(seed, steps);

    private static void Holds(ulong seed, string steps) => Assert.Null(LogSequence.Of(seed, steps).Run());
}
