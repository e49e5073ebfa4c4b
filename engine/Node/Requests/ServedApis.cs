using System.Collections.Generic;
using Testbed.Wire;

namespace Testbed.Node.Requests;

/// <summary>
/// The APIs of this listener and who answers them. A key that is not here is not advertised, and using it
/// closes the connection.
/// </summary>
public sealed class ServedApis
{
    private readonly IRequestHandler?[] _handlers = new IRequestHandler?[128];
    private readonly List<ApiEntry> _entries = [];

    /// <summary>What is served, by ascending key.</summary>
    public IReadOnlyList<ApiEntry> Entries => _entries;

    public void Add(IRequestHandler handler)
    {
        _handlers[(int)handler.Api] = handler;
        _entries.Add(ApiCatalogue.Of(handler.Api));
        _entries.Sort(static (left, right) => left.Key.CompareTo(right.Key));
    }

    public bool TryFind(short key, out ApiEntry api)
    {
        api = default;
        return key >= 0
            && key < _handlers.Length
            && _handlers[key] is not null
            && ApiCatalogue.TryFind(key, out api);
    }

    internal IRequestHandler HandlerOf(ApiKey key) => _handlers[(int)key]!;
}
