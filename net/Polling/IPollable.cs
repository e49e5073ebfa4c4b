namespace Testbed.Net;

/// <summary>Owns a socket that a poller watches.</summary>
internal interface IPollable
{
    /// <summary>On the shard's thread. The socket may have changed since; whoever acts finds out.</summary>
    void OnReady(PollEvents events);

    /// <summary>The shard is gone: close the socket and tell nobody.</summary>
    void Abandon();
}
