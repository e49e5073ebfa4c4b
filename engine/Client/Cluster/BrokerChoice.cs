using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Client;

/// <summary>
/// Which broker to ask when any will do: the same as before while it answers, the next one when it does not.
/// Known brokers come first; when all of them have failed the bootstrap list has its turn (KIP-899).
/// </summary>
internal sealed class BrokerChoice
{
    private readonly MetadataCache _metadata;
    private readonly IReadOnlyList<NetworkAddress> _bootstrap;
    private readonly List<NetworkAddress> _candidates = [];
    private NetworkAddress? _current;    // the one that answered last, or is tried now
    private int _failuresInARow;

    public BrokerChoice(MetadataCache metadata, IReadOnlyList<NetworkAddress> bootstrap, Prng random)
    {
        Invariant.Assert(bootstrap.Count > 0);
        _metadata = metadata;
        _bootstrap = bootstrap;
        _current = bootstrap[random.Below(bootstrap.Count)];
    }

    public NetworkAddress Current()
    {
        var candidates = Candidates();
        if (_current is not { } current || !candidates.Contains(current))
        {
            _current = candidates[0];
        }
        return _current!.Value;
    }

    public void OnAnswered() => _failuresInARow = 0;

    /// <summary>On to the next one. True when everybody has failed once: time for a pause.</summary>
    public bool OnFailed()
    {
        var candidates = Candidates();
        var at = candidates.IndexOf(Current());
        _current = candidates[(at + 1) % candidates.Count];
        _failuresInARow++;
        if (_failuresInARow < candidates.Count)
        {
            return false;
        }
        _failuresInARow = 0;
        return true;
    }

    /// <summary>Every address worth a try, once each.</summary>
    public List<NetworkAddress> Candidates()
    {
        _candidates.Clear();
        foreach (var (_, address) in _metadata.Brokers)
        {
            AddOnce(address);
        }
        foreach (var address in _bootstrap)
        {
            AddOnce(address);
        }
        return _candidates;
    }

    private void AddOnce(NetworkAddress address)
    {
        if (!_candidates.Contains(address))
        {
            _candidates.Add(address);
        }
    }
}
