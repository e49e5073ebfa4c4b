namespace Testbed.Tests.Sim.Logs;

/// <summary>What may be done to a log. The names are those of written sequences.</summary>
internal enum LogStepKind
{
    /// <summary>A batch of a plain producer, or of one with sequences.</summary>
    Append,

    /// <summary>A batch of an open or a new transaction.</summary>
    AppendInTransaction,

    /// <summary>A marker, of a producer with an open transaction if there is one.</summary>
    EndTransaction,

    /// <summary>Several batches at once.</summary>
    Burst,

    /// <summary>A producer comes back with a newer epoch.</summary>
    BumpProducer,

    /// <summary>Time goes by, less than a write or more than a sync takes.</summary>
    Pause,

    /// <summary>Everything is written.</summary>
    Settle,

    /// <summary>A flush is asked for and not waited for.</summary>
    BeginFlush,

    /// <summary>A flush is waited for.</summary>
    Flush,

    /// <summary>The recovery point goes into its file.</summary>
    KeepPoint,

    AdvanceStart,
    TruncateTo,
    TruncateFully,

    /// <summary>A new leader epoch, without a record.</summary>
    Elect,

    ChangeSettings,
    Kill,
    PowerCut,

    /// <summary>A crash while the log is being truncated.</summary>
    CrashInTruncation,

    /// <summary>Every replica has all that is written: the high watermark is there.</summary>
    CatchUp,

    /// <summary>What may be compacted is, to the end; or almost.</summary>
    Compact,

    /// <summary>A compaction begins, and the next steps come while it runs.</summary>
    BeginCompact,

    /// <summary>The oldest segments go, by time and size.</summary>
    Retain,

    /// <summary>A crash while the log is being compacted.</summary>
    CrashInCompaction,

    /// <summary>A crash while segments go.</summary>
    CrashInRetention,

    /// <summary>A crash, and files that only help are damaged or gone afterwards.</summary>
    CrashWithDamage,

    /// <summary>The log is flushed and closed; then comes a crash, or none.</summary>
    StopCleanly,

    /// <summary>Everything that can be read is compared.</summary>
    Look,

    /// <summary>Long enough that files are deleted which are doomed.</summary>
    WaitLong,
}
