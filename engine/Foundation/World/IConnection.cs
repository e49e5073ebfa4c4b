namespace Testbed.Foundation;

/// <summary>This side of one open byte stream.</summary>
public interface IConnection
{
    NetworkAddress Remote { get; }

    /// <summary>
    /// Bytes sent here that have not left this side yet. Its owner stops reading when they grow too many.
    /// </summary>
    long UnsentBytes { get; }

    /// <summary>
    /// Queues bytes [<paramref name="start"/>, <paramref name="start"/> + <paramref name="count"/>) of the
    /// lease and takes over one of its holds. All that is queued in one turn of the loop leaves in as few
    /// system calls as possible.
    /// </summary>
    void Send(Lease lease, int start, int count);

    /// <summary>
    /// Queues bytes of a file. They are read when they are sent: the range must lie below the file's length
    /// and must not be overwritten. If the file then cannot be read, the connection is reset.
    /// </summary>
    void SendFile(FileRange range);

    /// <summary>
    /// No <see cref="IConnectionSink.OnReceived"/> until reading is resumed: the peer is held back.
    /// </summary>
    void PauseReading();

    void ResumeReading();

    /// <summary>
    /// Ends the connection; bytes not sent yet may be lost. The sink's OnClosed follows as a unit of work of
    /// its own, with this reason.
    /// </summary>
    void Close(CloseReason reason);
}
