using Testbed.Foundation;

namespace Testbed.Client;

/// <summary>Hears what happens to a <see cref="BrokerChannel"/>.</summary>
internal interface IChannelOwner
{
    /// <summary>A request was answered; there may be room for another.</summary>
    void OnAnswered(PendingRequest request);

    /// <summary>Bytes have left; there may be room for another request.</summary>
    void OnDrained();

    /// <summary>
    /// The channel is over and will not be used again. The requests it had not answered, oldest first, are
    /// still to be failed. Called once.
    /// </summary>
    void OnEnded(BrokerChannel channel, CloseReason reason);
}
