namespace Testbed.Client;

/// <summary>How a consumer fetches. The defaults are those of Kafka's consumer.</summary>
public sealed record ConsumerOptions
{
    public IsolationLevel Isolation { get; init; }

    /// <summary>Bytes a broker waits for before it answers...</summary>
    public int FetchBytesMin { get; init; } = 1;

    /// <summary>...for at most so long.</summary>
    public int FetchWaitMs { get; init; } = 500;

    /// <summary>Bytes of one answer, and of one partition in it; a single batch may be larger.</summary>
    public int FetchBytesMax { get; init; } = 50 * 1024 * 1024;

    public int PartitionBytesMax { get; init; } = 1024 * 1024;

    /// <summary>Records given out at once, except that a batch is not split.</summary>
    public int PollRecordsMax { get; init; } = 500;

    public long RequestTimeoutMs { get; init; } = 30_000;
}
