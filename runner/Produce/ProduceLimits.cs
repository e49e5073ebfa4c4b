namespace Testbed.Runner;

/// <summary>Bounds of `testbed produce`, whatever the size of its input.</summary>
internal static class ProduceLimits
{
    /// <summary>Longest line, and largest record; what a broker takes is its own setting.</summary>
    public const int RecordBytesMax = 16 * 1024 * 1024;

    /// <summary>How long a record waits for others to share a batch with.</summary>
    public const long LingerMs = 5;

    /// <summary>From reading a record to giving it up.</summary>
    public const long DeliveryTimeoutMs = 30_000;

    /// <summary>
    /// How long an interrupted command waits for a read that may be bringing its lines right now.
    /// </summary>
    public const int LastReadMs = 100;

    /// <summary>Failures that are told one by one.</summary>
    public const int FailuresTold = 10;
}
