namespace Testbed.Sim;

/// <summary>How the network behaves where no fault says otherwise. Times are in ticks of 100 ns.</summary>
public sealed record NetworkOptions
{
    /// <summary>From one node to another, one way. A link may be given its own.</summary>
    public Delay Delay { get; init; } =
        new(MinTicks: 1_000, SpreadTicks: 4_000, SlowOneIn: 100, SlowTicks: 200_000);

    /// <summary>What opening a connection takes on top of the way there.</summary>
    public Delay ConnectDelay { get; init; } =
        new(MinTicks: 0, SpreadTicks: 2_000, SlowOneIn: 20, SlowTicks: 500_000);

    /// <summary>
    /// Bytes that may be on their way or unread at the receiver, per direction: at least this many...
    /// </summary>
    public int WindowBytesMin { get; init; } = 4 * 1024;

    /// <summary>...and at most this many; drawn per connection.</summary>
    public int WindowBytesMax { get; init; } = 128 * 1024;

    /// <summary>Received bytes are cut into smaller pieces this many times out of 8.</summary>
    public int SplitsOutOf8 { get; init; } = 3;

    /// <summary>First pause before lost bytes are sent again; it doubles each time (RFC 6298)...</summary>
    public long RetransmitTicksMin { get; init; } = 2_000_000;

    /// <summary>...up to this.</summary>
    public long RetransmitTicksMax { get; init; } = 60_000_000;

    /// <summary>
    /// A connection that gets nothing across for so long is broken (Linux: about 15 minutes).
    /// </summary>
    public long GiveUpTicks { get; init; } = 9_000_000_000;
}
