namespace Testbed.Foundation;

/// <summary>Takes new connections, accepted or asked for.</summary>
public interface IConnectionHost
{
    /// <summary>
    /// The connection stands; what happens to it from now on is told to the sink that is returned. The token
    /// is the one given to <see cref="INetwork.Connect"/>, or 0 for an accepted connection.
    /// </summary>
    IConnectionSink OnOpened(IConnection connection, long token);

    /// <summary>The connection asked for under this token will never open.</summary>
    void OnConnectFailed(long token, CloseReason reason);
}
