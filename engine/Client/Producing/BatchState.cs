namespace Testbed.Client;

/// <summary>Where a batch of a producer stands.</summary>
/// <remarks>
/// <code>
///   open     full, lingered enough or flushed -> fresh
///   fresh    sent -> in flight
///   in flight   answered -> settled; to be sent again -> waiting
///   waiting  sent -> in flight
///   settled  -
/// </code>
/// Fresh and waiting batches whose time is up are settled; one in flight tells its records so and goes on
/// holding its sequence numbers until the answer.
/// </remarks>
internal enum BatchState
{
    Open,
    Fresh,
    InFlight,
    Waiting,
    Settled,
}
