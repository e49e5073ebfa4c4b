namespace Testbed.Net;

/// <summary>How one attempt to send ended.</summary>
internal enum SendProgress
{
    /// <summary>All that was offered has gone.</summary>
    Sent,

    /// <summary>The socket takes no more for now.</summary>
    Blocked,

    /// <summary>The peer is gone.</summary>
    Broken,

    /// <summary>A file did not have the bytes it was said to have.</summary>
    FileUnreadable,
}
