using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Node.Requests.Fetching;

/// <summary>
/// The fetch sessions of a node (KIP-227): a bounded number. When all slots are taken, one that nobody has
/// used for two minutes gives way; else the client simply gets no session and names its partitions each time.
/// </summary>
public sealed class FetchSessions(int slots, Prng random)
{
    private const long EvictableAfterMs = 120_000;
    private const int NewSession = 0;
    private const int NoSession = -1;
    private const short FirstVersionWithTopicIds = 13;

    private readonly SortedDictionary<int, FetchSession> _byId = [];

    public int Count => _byId.Count;

    /// <summary>Finds out what a request is about, and changes its session as it says.</summary>
    public FetchContext Begin(FetchRequest request, short version, Instant now)
    {
        if (request.SessionEpoch is NewSession or NoSession)
        {
            return BeginFull(request, version, now);
        }
        if (!_byId.TryGetValue(request.SessionId, out var session))
        {
            return FetchContext.Refused(ErrorCode.FetchSessionIdNotFound);
        }
        if (session.NextEpoch != request.SessionEpoch)
        {
            return FetchContext.Refused(ErrorCode.InvalidFetchSessionEpoch);
        }
        if (session.UsesTopicIds != version >= FirstVersionWithTopicIds)
        {
            return FetchContext.Refused(ErrorCode.FetchSessionTopicIdError);
        }
        Put(session, request);
        foreach (var topic in request.ForgottenTopicsData)
        {
            foreach (var partition in topic.Partitions)
            {
                session.Forget(new FetchKey(topic.Topic, topic.TopicId, partition));
            }
        }
        session.AdvanceEpoch();
        session.LastUsed = now;
        return FetchContext.Of(session, isFull: false);
    }

    private FetchContext BeginFull(FetchRequest request, short version, Instant now)
    {
        if (request.SessionId != 0)
        {
            _byId.Remove(request.SessionId);
        }
        if (request.SessionEpoch == NewSession && request.Topics.Count > 0 && MakeRoom(now))
        {
            var session = new FetchSession(FreeId(), version >= FirstVersionWithTopicIds) { LastUsed = now };
            _byId.Add(session.Id, session);
            Put(session, request);
            return FetchContext.Of(session, isFull: true);
        }
        var parts = new List<FetchPart>();
        foreach (var topic in request.Topics)
        {
            foreach (var partition in topic.Partitions)
            {
                parts.Add(new FetchPart(Key(topic, partition), Wish(partition)));
            }
        }
        return FetchContext.WithoutSession(parts);
    }

    private static void Put(FetchSession session, FetchRequest request)
    {
        foreach (var topic in request.Topics)
        {
            foreach (var partition in topic.Partitions)
            {
                session.Put(Key(topic, partition), Wish(partition));
            }
        }
    }

    private static FetchKey Key(FetchRequestTopic topic, FetchRequestPartition partition) =>
        new(topic.Topic, topic.TopicId, partition.Partition);

    private static FetchWish Wish(FetchRequestPartition partition) => new(
        partition.FetchOffset,
        partition.PartitionMaxBytes,
        partition.CurrentLeaderEpoch,
        partition.LastFetchedEpoch);

    private bool MakeRoom(Instant now)
    {
        if (_byId.Count < slots)
        {
            return true;
        }
        FetchSession? oldest = null;
        foreach (var session in _byId.Values)
        {
            oldest = oldest is null || session.LastUsed < oldest.LastUsed ? session : oldest;
        }
        if (oldest is null || now.MsSince(oldest.LastUsed) < EvictableAfterMs)
        {
            return false;
        }
        _byId.Remove(oldest.Id);
        return true;
    }

    private int FreeId()
    {
        int id;
        do
        {
            id = (int)random.Between(1, int.MaxValue);
        }
        while (_byId.ContainsKey(id));
        return id;
    }
}
