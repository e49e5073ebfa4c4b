using Testbed.Foundation;
using Testbed.Wire;

namespace Testbed.Client;

/// <summary>
/// One request on its way: waiting for the connection, or sent and waiting for its answer. It ends exactly
/// once, with an answer or a failure.
/// </summary>
internal abstract class PendingRequest(IRequest request, RequestTerms terms)
{
    public const short NotSent = -1;

    public IRequest Request => request;

    public RequestTerms Terms => terms;

    /// <summary>Its row among the connection's deadlines.</summary>
    public HeapHandle Deadline { get; set; }

    /// <summary>The version it was sent in.</summary>
    public short Version { get; set; } = NotSent;

    public int CorrelationId { get; set; }

    public bool IsSent => Version != NotSent;

    public bool IsDone { get; private set; }

    /// <summary>
    /// Reads the answer's body and is not done yet. Throws <see cref="MalformedMessageException"/>.
    /// </summary>
    public abstract void Read(ref WireReader reader);

    /// <summary>Its answer has been read, or it has left and wants none.</summary>
    public void Finish()
    {
        Invariant.Assert(!IsDone);
        Invariant.Assert(IsSent);
        IsDone = true;
        OnFinished();
    }

    public void Fail(RequestStatus status, CloseReason reason)
    {
        Invariant.Assert(!IsDone);
        Invariant.Assert(status != RequestStatus.Answered);
        IsDone = true;
        OnFailed(status, reason);
    }

    protected abstract void OnFinished();

    protected abstract void OnFailed(RequestStatus status, CloseReason reason);
}
