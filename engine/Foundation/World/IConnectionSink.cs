using System;

namespace Testbed.Foundation;

/// <summary>Hears everything about one open connection. <see cref="OnClosed"/> is the last call.</summary>
public interface IConnectionSink
{
    /// <summary>
    /// Where the next bytes go; never empty. Asked for just before bytes are put there, so that the owner can
    /// lay a frame together without copying.
    /// </summary>
    Memory<byte> ReceiveBuffer();

    /// <summary>
    /// <paramref name="count"/> bytes, at least one, were put into the buffer asked for last.
    /// </summary>
    void OnReceived(int count);

    /// <summary>All that was sent has left this side (after more than nothing had been waiting).</summary>
    void OnDrained();

    void OnClosed(CloseReason reason);
}
