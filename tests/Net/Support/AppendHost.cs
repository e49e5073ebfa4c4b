using Testbed.Foundation;

namespace Testbed.Tests.Net;

/// <summary>
/// Appends each frame of a fixed size to a file and then sends a short answer, as a produce request does.
/// </summary>
internal sealed class AppendHost(IShard shard, IFile file, int frameBytes) : IConnectionHost
{
    public const int AnswerBytes = 50;

    public IShard Shard => shard;

    public IFile File => file;

    public int FrameBytes => frameBytes;

    /// <summary>Where the next frame goes.</summary>
    public long End { get; set; }

    public IConnectionSink OnOpened(IConnection connection, long token) => new AppendSink(this, connection);

    public void OnConnectFailed(long token, CloseReason reason) => Invariant.Assert(false);
}
