namespace Testbed.Log;

/// <summary>What <see cref="TailExaminer"/> makes of the bytes behind a log's last sound batch.</summary>
internal enum TailVerdict
{
    /// <summary>A write that a crash interrupted may look like this.</summary>
    Torn,

    /// <summary>No crash leaves this: bytes have changed that were on the disk.</summary>
    Damaged,

    /// <summary>The disk fails.</summary>
    Unreadable,
}
