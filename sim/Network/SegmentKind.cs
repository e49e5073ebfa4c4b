namespace Testbed.Sim;

/// <summary>What travels through a pipe, in order.</summary>
internal enum SegmentKind
{
    /// <summary>The third leg of the handshake: the server learns that the connection stands.</summary>
    Open,

    Data,

    /// <summary>The sender has sent all it had and closed.</summary>
    End,

    /// <summary>
    /// The connection is broken. Never sent twice: if it is lost, the other side stays half open.
    /// </summary>
    Reset,
}
