using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Client;

/// <summary>
/// Keeps one Fetch request at every broker that leads a partition of which nothing is at hand, and hands what
/// comes to the partitions. Errors that may pass are tried again after a pause; others are the partition's to
/// tell.
/// </summary>
internal sealed class Fetcher : IWork
{
    private readonly ClusterClient _cluster;
    private readonly ConsumerOptions _options;
    private readonly BatchDecoder _decoder;
    private readonly WaitList _arrivals;
    private readonly HashSet<int> _busy = [];                          // nodes with a fetch in flight
    private readonly SortedDictionary<int, FetchCall> _calls = [];     // being filled in this pass, by node
    private int _first;                                                // where the next pass begins
    private bool _isMetadataAsked;

    public Fetcher(ClusterClient cluster, ConsumerOptions options)
    {
        _cluster = cluster;
        _options = options;
        _decoder = new BatchDecoder(cluster.Shard.Buffers);
        _arrivals = new WaitList(cluster.Shard);
    }

    /// <summary>Starts what fetches can be started; asks for metadata where a leader is not known.</summary>
    public void Start(List<AssignedPartition> partitions)
    {
        _first = partitions.Count == 0 ? 0 : (_first + 1) % partitions.Count;
        for (var i = 0; i < partitions.Count; i++)
        {
            var partition = partitions[(_first + i) % partitions.Count];
            if (partition.WantsFetch(_cluster.Shard.Now))
            {
                Add(partition);
            }
        }
        foreach (var (node, call) in _calls)
        {
            _busy.Add(node);
            call.Send(_cluster, _options);
        }
        _calls.Clear();
    }

    /// <summary>Completes with true when something may have come, with false at the deadline.</summary>
    public EngineOp<bool> WaitForArrival(Instant deadline) => _arrivals.Wait(deadline);

    /// <summary>Metadata has come.</summary>
    public void Run(long token)
    {
        _isMetadataAsked = false;
        _arrivals.WakeAll();
    }

    public void WakeAll() => _arrivals.WakeAll();

    public void OnAnswered(FetchCall call)
    {
        _busy.Remove(call.Node.Value);
        foreach (var part in call.Parts)
        {
            part.Partition.IsInFlight = false;
            if (part.IsCurrent)
            {
                TakeAnswer(call, part);
            }
        }
        _arrivals.WakeAll();
    }

    public void Release()
    {
        _decoder.Release();
        _arrivals.WakeAll();
    }

    private void Add(AssignedPartition partition)
    {
        var leader = _cluster.KnownLeader(partition.Id);
        if (!leader.IsFound)
        {
            OnNoLeader(partition, leader.Error);
            return;
        }
        var node = leader.Leader.Node;
        if (_busy.Contains(node.Value))
        {
            return;
        }
        if (!_calls.TryGetValue(node.Value, out var call))
        {
            call = new FetchCall(this, node);
            _calls.Add(node.Value, call);
        }
        call.Add(partition, leader.Leader);
    }

    private void OnNoLeader(AssignedPartition partition, ErrorCode error)
    {
        if (!error.IsRetriable())
        {
            partition.OnFailed(error);
            _arrivals.WakeAll();
        }
        else if (!_isMetadataAsked)
        {
            _isMetadataAsked = true;
            _cluster.Refresh(_cluster.Shard.Now.PlusMs(_options.RequestTimeoutMs)).Then(this, 0);
        }
    }

    private void TakeAnswer(FetchCall call, FetchPart part)
    {
        if (!call.Outcome.TryResponse(out var response))
        {
            Fail(part, call.Outcome.Error);
            return;
        }
        var data = response.ErrorCode == ErrorCode.None ? call.AnswerTo(part, response) : null;
        if (data is { ErrorCode: ErrorCode.None })
        {
            part.Partition.OnFetched(new FetchedBytes(data, _options.Isolation, _decoder));
            return;
        }
        var error = response.ErrorCode != ErrorCode.None ? response.ErrorCode : data?.ErrorCode;
        LearnLeader(part, data, response);
        Fail(part, error ?? ErrorCode.UnknownServerError);
    }

    private void Fail(FetchPart part, ErrorCode error)
    {
        var isNews = _cluster.KnownLeader(part.Partition.Id).Leader != part.Leader;
        if (ProduceVerdicts.IsAboutMetadata(error) && !isNews)
        {
            _cluster.MarkStale(part.Partition.Id.Topic);
        }
        if (error.IsRetriable())
        {
            part.Partition.OnRetry(_cluster.Shard.Now);
        }
        else
        {
            part.Partition.OnFailed(error);
        }
    }

    private void LearnLeader(FetchPart part, FetchResponsePartitionData? data, FetchResponse response)
    {
        if (data is null || !ProduceVerdicts.IsAboutMetadata(data.ErrorCode))
        {
            return;
        }
        var leader = data.CurrentLeader;
        var endpoint = response.NodeEndpoints.Find(other => other.NodeId == leader.LeaderId);
        NetworkAddress? address = endpoint is null ? null : new NetworkAddress(endpoint.Host, endpoint.Port);
        _cluster.TryLearnLeader(
            part.Partition.Id, new NodeId(leader.LeaderId), new LeaderEpoch(leader.LeaderEpoch), address);
    }
}
