using System;
using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Tests.Engine.Node.Transcripts;

/// <summary>
/// Short names for ids that are drawn at random: id-1, id-2, ... in the order in which a transcript meets
/// them, so that it can tell whether two are the same. A name that no answer has introduced stands for an id
/// that nobody has.
/// </summary>
internal sealed class IdNames
{
    private readonly Dictionary<Uuid, string> _names = [];
    private readonly Dictionary<string, Uuid> _ids = new(StringComparer.Ordinal);
    private readonly List<Uuid> _known = [];
    private readonly List<string> _clusters = [];

    public string Of(Uuid id)
    {
        if (!_names.TryGetValue(id, out var name))
        {
            name = $"id-{_names.Count + 1}";
            Add(name, id);
        }
        return name;
    }

    public Uuid IdOf(string name)
    {
        if (!_ids.TryGetValue(name, out var id))
        {
            id = new Uuid(1, (ulong)_ids.Count + 1);
            Add(name, id);
        }
        return id;
    }

    /// <summary>A sentence with names in the place of ids.</summary>
    public string Rename(string text)
    {
        foreach (var id in _known)
        {
            text = text.Replace(id.ToString(), _names[id], StringComparison.Ordinal);
        }
        return text;
    }

    public string OfCluster(string cluster)
    {
        if (!_clusters.Contains(cluster))
        {
            _clusters.Add(cluster);
        }
        return $"cluster-{_clusters.IndexOf(cluster) + 1}";
    }

    private void Add(string name, Uuid id)
    {
        _known.Add(id);
        _names.Add(id, name);
        _ids.Add(name, id);
    }
}
