using Testbed.Foundation;
using Testbed.Node.Requests.Producing;
using Testbed.Wire;

namespace Testbed.Node.Requests;

/// <summary>
/// One request and the answer it is owed. Answered exactly once, now or later, with a response, with nothing
/// (acks=0) or by closing the connection; answers leave in the order of the requests. The request's bytes
/// stay valid until it is answered.
/// </summary>
public sealed class Exchange
{
    private readonly ServerConnection _connection;
    private readonly WireWriter _writer;
    private readonly Frame _frame;
    private IAbandonable? _waiter;

    internal Exchange(ServerConnection connection, WireWriter writer, in Frame frame, in RequestHead head)
    {
        _connection = connection;
        _writer = writer;
        _frame = frame;
        Head = head;
    }

    /// <summary>Who asked for what, in which version.</summary>
    public RequestHead Head { get; }

    public short Version => Head.Version;

    /// <summary>The listener the request came through.</summary>
    public int ListenerIndex => _connection.ListenerIndex;

    /// <summary>The buffer that holds the request's bytes.</summary>
    public Lease RequestBuffer => _frame.Buffer;

    /// <summary>True once answered; the answer may still wait for those before it.</summary>
    internal bool IsAnswered { get; private set; }

    /// <summary>True once the connection is gone: an answer has nowhere to go, but is still owed.</summary>
    public bool IsAbandoned { get; private set; }

    internal WireWriter Writer => _writer;

    /// <summary>Bytes of the request, header included.</summary>
    internal int RequestBytes => _frame.SizeBytes;

    /// <summary>The shard's produces on their way to the disk.</summary>
    internal ProduceBacklog Backlog => _connection.Backlog;

    /// <summary>The body's bytes.</summary>
    internal System.ReadOnlyMemory<byte> Body => _frame.Memory[Head.SizeBytes..];

    /// <summary>Whom to tell when the connection goes away before the answer.</summary>
    public void WaitBy(IAbandonable waiter) => _waiter = waiter;

    public void Respond(IResponse response) => RespondAs(response, Version);

    /// <summary>
    /// Answers in another version than was asked for: ApiVersions does, for clients that are too new.
    /// </summary>
    public void RespondAs(IResponse response, short version)
    {
        if (!IsAbandoned)
        {
            ResponseFrame.Write(_writer, Head.CorrelationId, response, version);
        }
        Finish();
    }

    /// <summary>The request has no answer (Produce with acks=0).</summary>
    public void RespondNothing() => Finish();

    /// <summary>
    /// The only honest answer is to close: an acks=0 produce that failed, a version nobody can answer.
    /// </summary>
    public void Disconnect()
    {
        Finish();
        _connection.Close(CloseReason.Local);
    }

    internal void Abandon()
    {
        IsAbandoned = true;
        _waiter?.OnAbandoned();
        _waiter = null;
    }

    /// <summary>The body was no message: nobody will answer.</summary>
    internal void Discard() => Finish();

    private void Finish()
    {
        Invariant.Assert(!IsAnswered);
        IsAnswered = true;
        _waiter = null;
        _frame.Buffer.Release();
        _connection.OnAnswered();
    }
}
