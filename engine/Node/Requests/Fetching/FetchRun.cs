using System;
using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Node.Replication;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Node.Requests.Fetching;

/// <summary>
/// One fetch from request to answer: reads what is there, and when that is less than the client wants, waits
/// for more until its time is up. It waits as a watcher of its partitions, not as a suspended call.
/// </summary>
public sealed class FetchRun : IPartitionWatcher, IAbandonable
{
    private const sbyte ReadCommitted = 1;

    private readonly FetchHandler _handler;
    private readonly Exchange _exchange;
    private readonly FetchRequest _request;
    private readonly FetchContext _context;
    private readonly long _bytesMax;
    private readonly bool _isReplica;    // a broker that copies; none is assigned here
    private HeapHandle _deadline;
    private long _bytes;            // found by the last reading, and arrived since
    private bool _isWaiting;
    private bool _isWoken;

    internal FetchRun(
        FetchHandler handler, Exchange exchange, FetchRequest request, FetchContext context, int bytesMax)
    {
        _handler = handler;
        _exchange = exchange;
        _request = request;
        _context = context;
        _bytesMax = Math.Min(bytesMax, request.MaxBytes);
        _isReplica = Math.Max(request.ReplicaId, request.ReplicaState.ReplicaId) >= 0;
    }

    public void Start() => _ = ReadThenWait();

    public void OnProgress(Partition partition, long addedBytes)
    {
        if (addedBytes >= 0)
        {
            _bytes += addedBytes;
        }
        if (addedBytes < 0 || _bytes >= _request.MinBytes)
        {
            Wake();
        }
    }

    public void OnAbandoned()
    {
        if (_isWaiting)
        {
            StopWaiting();
            _context.LetGo();
            _exchange.RespondNothing();
        }
    }

    /// <summary>The time is up: answer with what there is.</summary>
    internal void OnDeadline() => Wake();

    private void Wake()
    {
        if (!_isWaiting || _isWoken)
        {
            return;
        }
        _isWoken = true;
        StopWaiting();
        _ = ReadThenAnswer();
    }

    private async EngineTask ReadThenWait()
    {
        await Read();
        while (!IsEnough() && HasMoved())
        {
            await Read();
        }
        if (IsEnough() || _exchange.IsAbandoned || HasDeleted())
        {
            Answer();
        }
        else
        {
            Wait();
        }
    }

    private async EngineTask ReadThenAnswer()
    {
        await Read();
        Answer();
    }

    private bool IsEnough()
    {
        if (_bytes >= _request.MinBytes || _request.MaxWaitMs <= 0 || _context.Parts.Count == 0)
        {
            return true;
        }
        foreach (var part in _context.Parts)
        {
            if (part.IsUrgent)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>A topic went away while it was read: nobody would wake a wait for it.</summary>
    private bool HasDeleted() =>
        _context.Parts.Exists(static part => part.Partition is { IsDeleted: true });

    /// <summary>True when a partition has got on while another was read from disk.</summary>
    private bool HasMoved()
    {
        foreach (var part in _context.Parts)
        {
            if (part is { Error: ErrorCode.None, Partition: not null }
                && Bound(part.Partition).Value != KnownBound(part))
            {
                return true;
            }
        }
        return false;
    }

    private async EngineTask Read()
    {
        _bytes = 0;
        foreach (var part in _context.Parts)
        {
            if (!Prepare(part))
            {
                continue;
            }
            var limit = (int)Math.Clamp(
                _bytesMax - _bytes, 0, part.Wish.MaxBytes < 0 ? 0 : part.Wish.MaxBytes);
            var from = new Offset(part.Wish.FetchOffset);
            var slice = await part.Partition!.Log.Read(
                from, new Offset(KnownBound(part)), limit, atLeastOne: _bytes == 0);
            if (slice.Status != IoStatus.Ok)
            {
                part.Fail(slice.Damage is null ? ErrorCode.KafkaStorageError : ErrorCode.CorruptMessage);
            }
            else
            {
                part.Take(slice);
                _bytes += slice.SizeBytes;
                await FindAborted(part, from, slice);
            }
        }
    }

    private async EngineTask FindAborted(FetchPart part, Offset from, LogSlice slice)
    {
        if (_request.IsolationLevel != ReadCommitted || slice.SizeBytes == 0)
        {
            return;
        }
        var end = Offset.Min(slice.UpperBound, new Offset(KnownBound(part)));
        if (await part.Partition!.Log.AbortedTransactions(from, end) is { } aborted)
        {
            part.Aborted = aborted;
        }
        else
        {
            _bytes -= slice.SizeBytes;
            part.LetGo();
            part.Fail(ErrorCode.KafkaStorageError);
        }
    }

    /// <summary>Everything about a part but its records. False when there is nothing to read.</summary>
    private bool Prepare(FetchPart part)
    {
        part.Reset();
        part.Partition = _handler.Find(part.Key, out var error);
        if (part.Partition is not { } partition)
        {
            part.Fail(error);
            return false;
        }
        error = _isReplica ? ErrorCode.NotLeaderOrFollower : Check(partition, part.Wish);
        if (error == ErrorCode.None)
        {
            error = FetchDivergence.Find(part, partition.Log);
        }
        if (error != ErrorCode.None)
        {
            part.Fail(error);
            return false;
        }
        part.HighWatermark = partition.HighWatermark.Value;
        part.LastStableOffset = partition.LastStableOffset.Value;
        part.LogStartOffset = partition.Log.StartOffset.Value;
        return part.Diverging is null && part.Wish.FetchOffset < KnownBound(part);
    }

    private static ErrorCode Check(Partition partition, in FetchWish wish)
    {
        if (partition.Log.IsOffline)
        {
            return ErrorCode.KafkaStorageError;
        }
        var error = partition.CheckEpoch(wish.CurrentLeaderEpoch);
        if (error != ErrorCode.None)
        {
            return error;
        }
        return wish.FetchOffset < partition.Log.StartOffset.Value
            || wish.FetchOffset > partition.Log.EndOffset.Value
            ? ErrorCode.OffsetOutOfRange
            : ErrorCode.None;
    }

    private Offset Bound(Partition partition) =>
        _request.IsolationLevel == ReadCommitted ? partition.LastStableOffset : partition.HighWatermark;

    private long KnownBound(FetchPart part) =>
        _request.IsolationLevel == ReadCommitted ? part.LastStableOffset : part.HighWatermark;

    private void Wait()
    {
        _isWaiting = true;
        _exchange.WaitBy(this);
        foreach (var part in _context.Parts)
        {
            part.Partition?.Watch(this);
        }
        _deadline = _handler.WaitUntil(_request.MaxWaitMs, this);
    }

    private void StopWaiting()
    {
        _isWaiting = false;
        _handler.StopWaiting(_deadline);
        foreach (var part in _context.Parts)
        {
            part.Partition?.Unwatch(this);
        }
    }

    private void Answer()
    {
        var response = new FetchResponse { SessionId = _context.SessionId };
        FetchKey? last = null;
        foreach (var part in _context.PartsToAnswer())
        {
            if (last is not { } known || !known.IsSameTopic(part.Key))
            {
                response.Responses.Add(new FetchResponseFetchableTopicResponse
                {
                    Topic = part.Key.Topic,
                    TopicId = part.Key.TopicId,
                });
            }
            last = part.Key;
            response.Responses[^1].Partitions.Add(ToAnswer(part));
        }
        _exchange.Respond(response);
        _context.LetGo();
    }

    /// <summary>A list of aborted transactions is owed to those who read committed records only, and goes
    /// with errors about unknown partitions.</summary>
    private FetchResponsePartitionData ToAnswer(FetchPart part)
    {
        var answer = part.ToAnswer();
        var hasList = !part.WasKnown
            || (_request.IsolationLevel == ReadCommitted && part.Error == ErrorCode.None);
        answer.AbortedTransactions = hasList
            ? part.Aborted.Select(static aborted => new FetchResponseAbortedTransaction
            {
                ProducerId = aborted.ProducerId.Value,
                FirstOffset = aborted.First.Value,
            }).ToList()
            : null;
        return answer;
    }
}
