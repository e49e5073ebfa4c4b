using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Client;

/// <summary>
/// How a client finds its way in a cluster. Times are in milliseconds; the defaults are those of Kafka's
/// clients.
/// </summary>
public sealed record ClusterOptions
{
    /// <summary>Brokers to ask first, and again when all others are gone (KIP-899); at least one.</summary>
    public required IReadOnlyList<NetworkAddress> Bootstrap { get; init; }

    public ConnectionOptions Connections { get; init; } = new();

    /// <summary>Time for one request, from asking to the answer.</summary>
    public long RequestTimeoutMs { get; init; } = 30_000;

    /// <summary>Time for one question for metadata; the next broker is asked then.</summary>
    public long MetadataTimeoutMs { get; init; } = 10_000;

    /// <summary>Pause before something that failed is tried again; it doubles with each failure...</summary>
    public long RetryBackoffMs { get; init; } = 100;

    /// <summary>...up to this. Metadata is not asked for more often than the first pause either.</summary>
    public long RetryBackoffMaxMs { get; init; } = 1_000;

    /// <summary>Metadata older than this is refreshed when it is next used.</summary>
    public long MetadataMaxAgeMs { get; init; } = 300_000;

    /// <summary>
    /// Lets brokers create a topic that is asked for and does not exist, if they are set so.
    /// </summary>
    public bool AllowAutoTopicCreation { get; init; }
}
