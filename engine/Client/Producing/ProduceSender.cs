using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Wire;

namespace Testbed.Client;

/// <summary>
/// Sends what partitions have ready to the brokers that lead them, a few requests to each at a time. Works in
/// turns of its own, posted when something may have become possible.
/// </summary>
internal sealed class ProduceSender : IWork
{
    private const long TurnToken = 0;
    private const long MetadataToken = 1;

    private readonly ClusterClient _cluster;
    private readonly ProducerOptions _options;
    private readonly ProduceSettler _settler;
    private readonly IdentitySource _identities;
    private readonly List<ProducerPartition> _listed = [];       // have work; each once
    private readonly Dictionary<int, int> _callsAt = [];         // requests in flight, by node
    private readonly SortedDictionary<int, ProduceCall> _calls = [];    // being filled in this pass, by node
    private int _first;                 // where the next pass begins, so that none is always last
    private bool _isTurnPosted;
    private bool _isMetadataAsked;

    public ProduceSender(ClusterClient cluster, ProducerOptions options, IBatchOwner owner)
    {
        _cluster = cluster;
        _options = options;
        _settler = new ProduceSettler(cluster, options, owner, this);
        _identities = new IdentitySource(cluster, this, TurnToken);
    }

    /// <summary>Partitions with work, in order of listing.</summary>
    public IReadOnlyList<ProducerPartition> Listed => _listed;

    /// <summary>The partition has work now.</summary>
    public void List(ProducerPartition partition)
    {
        if (!partition.IsListed)
        {
            partition.IsListed = true;
            _listed.Add(partition);
        }
    }

    public void PostTurn()
    {
        if (!_isTurnPosted)
        {
            _isTurnPosted = true;
            _cluster.Shard.Post(this, TurnToken);
        }
    }

    /// <summary>Sends nothing any more. What is in flight is settled by its answer.</summary>
    public void Close()
    {
        _settler.IsClosed = true;
        foreach (var partition in _listed)
        {
            _settler.RefuseAllAtHome(partition, ProduceStatus.Closed, ErrorCode.None);
        }
    }

    public void Run(long token)
    {
        _isTurnPosted &= token != TurnToken;
        _isMetadataAsked &= token != MetadataToken;
        Unlist();
        while (FillCalls())
        {
            foreach (var (node, call) in _calls)
            {
                _callsAt[node] = _callsAt.GetValueOrDefault(node) + 1;
                call.Send(_cluster, _options);
            }
            _calls.Clear();
        }
        _identities.ForgetRefusal();
    }

    public void OnAnswered(ProduceCall call)
    {
        _callsAt[call.Node.Value]--;
        _settler.Settle(call);
        PostTurn();
    }

    private void Unlist()
    {
        foreach (var partition in _listed)
        {
            partition.IsListed = partition.HasWork;
        }
        _listed.RemoveAll(partition => !partition.IsListed);
    }

    /// <summary>One pass over all partitions, each of which may add one batch. False when none did.</summary>
    private bool FillCalls()
    {
        _first = _listed.Count == 0 ? 0 : (_first + 1) % _listed.Count;
        for (var i = 0; i < _listed.Count; i++)
        {
            var partition = _listed[(_first + i) % _listed.Count];
            if (partition.NeedsIdentity)
            {
                GiveIdentity(partition);
            }
            if (partition.CanSend(_cluster.Shard.Now))
            {
                AddToCall(partition);
            }
        }
        return _calls.Count > 0;
    }

    private void GiveIdentity(ProducerPartition partition)
    {
        _identities.Discard(partition.UsedUpId);
        if (!_identities.Current.IsNone)
        {
            partition.Adopt(_identities.Current);
        }
        else if (_identities.Refusal != ErrorCode.None)
        {
            _settler.RefuseAllAtHome(partition, ProduceStatus.Refused, _identities.Refusal);
        }
        else
        {
            _identities.Ask();
        }
    }

    private void AddToCall(ProducerPartition partition)
    {
        var leader = _cluster.KnownLeader(partition.Id);
        if (!leader.IsFound)
        {
            OnNoLeader(partition, leader.Error);
            return;
        }
        var node = leader.Leader.Node;
        var isElsewhere = partition.InFlightCount > 0 && partition.InFlightAt != node;
        if (isElsewhere || _callsAt.GetValueOrDefault(node.Value) >= _options.InFlightMax)
        {
            return;
        }
        var batch = partition.Next();
        if (!_calls.TryGetValue(node.Value, out var call))
        {
            call = new ProduceCall(this, node);
            _calls.Add(node.Value, call);
        }
        else if (call.SizeBytes + batch.SizeBytes > _options.RequestBytesMax)
        {
            return;
        }
        partition.BecomeInFlight(batch, node);
        call.Add(batch, leader.Leader.TopicId);
    }

    private void OnNoLeader(ProducerPartition partition, ErrorCode error)
    {
        if (!error.IsRetriable())
        {
            _settler.RefuseAllAtHome(partition, ProduceStatus.Refused, error);
        }
        else if (!_isMetadataAsked)
        {
            _isMetadataAsked = true;
            _cluster.Refresh(_cluster.Shard.Now.PlusMs(_options.RequestTimeoutMs)).Then(this, MetadataToken);
        }
    }
}
