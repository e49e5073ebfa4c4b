namespace Testbed.Foundation;

/// <summary>
/// Byte streams, ordered per connection, as TCP has them. Framing, pipelining and back-pressure are the
/// engine's. All calls of hosts and sinks come on the owning shard, each as its own unit of work.
/// </summary>
public interface INetwork
{
    /// <summary>
    /// Accepts connections at <paramref name="at"/> for as long as the shard lives; port 0 takes any.
    /// </summary>
    ListenResult Listen(NetworkAddress at, IConnectionHost host);

    /// <summary>
    /// Opens a connection; the host hears of success or failure by <paramref name="token"/>, never within
    /// this call.
    /// </summary>
    void Connect(NetworkAddress to, IConnectionHost host, long token, Instant deadline);
}
