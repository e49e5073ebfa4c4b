using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Node.Replication;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Node.Requests.Producing;

/// <summary>
/// A produce request on its way to its acknowledgement: one answer a partition, filled in as the appends
/// commit. It answers when none is missing, or when its time is up; with acks=0 it waits too, for as long as
/// it takes, and answers nothing: the client is held back by what is not written yet.
/// </summary>
internal sealed class PendingProduce(Exchange exchange, ProduceHandler handler, short acks)
    : IAppendWaiter, IAbandonable
{
    private readonly List<ProduceResponsePartitionProduceResponse> _answers = [];    // by tag
    private readonly List<bool> _isWaiting = [];    // by tag: not committed yet
    private int _missing;                 // appends whose fate is not known
    private bool _isComplete;             // all partitions have been looked at
    private bool _isAnswered;
    private HeapHandle _deadline;

    public Exchange Exchange { get; } = exchange;

    /// <summary>0: no answer; 1 and -1: when the leader has it, when all in-sync replicas have it.</summary>
    public short Acks => acks;

    public ProduceResponse Response { get; } = new();

    /// <summary>True when some partition failed: with acks=0 only closing the connection tells.</summary>
    public bool HasError { get; private set; }

    public int Add(ProduceResponsePartitionProduceResponse answer)
    {
        _answers.Add(answer);
        _isWaiting.Add(false);
        return _answers.Count - 1;
    }

    /// <summary>
    /// The answer under this tag waits until the partition has committed up to <paramref name="end"/>.
    /// </summary>
    public void WaitFor(Partition partition, Offset end, int tag)
    {
        if (_missing == 0)
        {
            Exchange.Backlog.Add(Exchange.RequestBytes);
        }
        _missing++;
        _isWaiting[tag] = true;
        partition.WaitFor(end, this, tag);
    }

    public void Fail(ProduceResponsePartitionProduceResponse answer, ErrorCode error, string? message)
    {
        HasError = true;
        answer.ErrorCode = error;
        answer.ErrorMessage = message;
        answer.BaseOffset = -1;
        answer.LogAppendTimeMs = -1;
    }

    public void OnCommitted(int tag, ErrorCode error)
    {
        _missing--;
        if (_missing == 0)
        {
            Exchange.Backlog.Remove(Exchange.RequestBytes);
        }
        if (_isAnswered)
        {
            return;
        }
        _isWaiting[tag] = false;
        if (error != ErrorCode.None)
        {
            Fail(_answers[tag], error, null);
            _answers[tag].LogStartOffset = -1;
        }
        AnswerIfDone();
    }

    /// <summary>Every partition of the request has been looked at.</summary>
    public void Complete(int timeoutMs)
    {
        _isComplete = true;
        AnswerIfDone();
        if (!_isAnswered)
        {
            Exchange.WaitBy(this);
            _deadline = acks == 0 ? default : handler.WaitUntil(timeoutMs, this);
        }
    }

    /// <summary>
    /// The client's timeout is over. What has not committed by now may still do so: its fate is unknown.
    /// </summary>
    public void OnDeadline()
    {
        for (var tag = 0; tag < _answers.Count; tag++)
        {
            if (_isWaiting[tag])
            {
                Fail(_answers[tag], ErrorCode.RequestTimedOut, null);
            }
        }
        Answer();
    }

    public void OnAbandoned()
    {
        if (!_isAnswered)
        {
            _isAnswered = true;
            handler.StopWaiting(_deadline);
            Exchange.RespondNothing();
        }
    }

    private void AnswerIfDone()
    {
        if (_isComplete && _missing == 0 && !_isAnswered)
        {
            handler.StopWaiting(_deadline);
            Answer();
        }
    }

    private void Answer()
    {
        _isAnswered = true;
        handler.Answer(this);
    }
}
