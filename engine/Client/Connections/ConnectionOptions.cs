using Testbed.Foundation;

namespace Testbed.Client;

/// <summary>
/// How connections to brokers behave. Times are in milliseconds; the defaults are those of Kafka's clients.
/// </summary>
public sealed record ConnectionOptions
{
    /// <summary>Kafka's client.id: how quotas and logs name this client.</summary>
    public string ClientId { get; init; } = "testbed";

    /// <summary>
    /// Name and version that brokers count their clients by (KIP-511): letters, digits, '-' and '.'.
    /// </summary>
    public string SoftwareName { get; init; } = "testbed";

    public string SoftwareVersion { get; init; } = "0.1";

    /// <summary>Time for opening a connection, and again for learning the broker's versions.</summary>
    public long SetupTimeoutMs { get; init; } = 10_000;

    /// <summary>Pause before the second attempt to connect; it doubles with each that fails...</summary>
    public long ReconnectBackoffMs { get; init; } = 50;

    /// <summary>...up to this.</summary>
    public long ReconnectBackoffMaxMs { get; init; } = 1_000;

    /// <summary>Requests sent and not answered; more wait here, in order.</summary>
    public int InFlightMax { get; init; } = 32;

    /// <summary>Requests that may wait to be sent; more are refused.</summary>
    public int WaitingMax { get; init; } = 1_024;

    /// <summary>Bytes that may wait in the connection before more requests are written.</summary>
    public long UnsentBytesMax { get; init; } = Limits.UnsentMaxBytes;

    /// <summary>The longest answer that is taken.</summary>
    public int AnswerBytesMax { get; init; } = Limits.RequestMaxBytes;
}
