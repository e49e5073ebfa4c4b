namespace Testbed.Foundation;

/// <summary>
/// The deadlines of one component's rows behind one armed timer: a timer per request would cost as much as
/// all else. The timer may ring early (its row is gone by then) and is armed again; it never rings late.
/// </summary>
public sealed class DeadlineQueue<T>(IShard shard, IDeadlineSink<T> sink) : IWork
{
    private readonly EventHeap<T> _rows = new();
    private TimerId _timer;
    private Instant _armedFor = Instant.Never;    // Never: not armed; otherwise <= every row's deadline

    public int Count => _rows.Count;

    public HeapHandle Add(Instant due, T row)
    {
        var handle = _rows.Push(due, row);
        Arm();
        return handle;
    }

    /// <summary>Takes a row out before its time. False when it has rung or was removed already.</summary>
    public bool Remove(HeapHandle handle) => _rows.Remove(handle);

    public void Run(long token)
    {
        _armedFor = Instant.Never;
        while (_rows.NextDue <= shard.Now && _rows.TryPop(out _, out var row))
        {
            sink.OnDeadline(row);
        }
        Arm();
    }

    private void Arm()
    {
        if (_rows.NextDue >= _armedFor)
        {
            return;
        }
        if (_armedFor != Instant.Never)
        {
            shard.Cancel(_timer);
        }
        _armedFor = _rows.NextDue;
        _timer = shard.SetTimer(_armedFor, this, 0);
    }
}
