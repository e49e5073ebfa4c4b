using System;
using Testbed.Foundation;

namespace Testbed.Wire;

/// <summary>All APIs that have a schema, by key. Made from the headings of the schema files.</summary>
public static class ApiCatalogue
{
    /// <summary>All keys, ascending.</summary>
    public static ReadOnlySpan<ApiKey> Keys => Schemas.Keys;

    /// <summary>The entry of a key that came from outside; false when no API has it.</summary>
    public static bool TryFind(short key, out ApiEntry entry) => Schemas.TryFind(key, out entry);

    public static ApiEntry Of(ApiKey key)
    {
        var isKnown = Schemas.TryFind((short)key, out var entry);
        Invariant.Assert(isKnown);
        return entry;
    }

    /// <summary>
    /// Reads a request's body in a version that the entry has. Throws
    /// <see cref="MalformedMessageException"/>.
    /// </summary>
    public static IRequest ReadRequest(ApiKey key, ref WireReader reader, short version) =>
        Schemas.ReadRequest(key, ref reader, version);

    /// <summary>The same for a response's body.</summary>
    public static IResponse ReadResponse(ApiKey key, ref WireReader reader, short version) =>
        Schemas.ReadResponse(key, ref reader, version);

    /// <summary>A response's body with nothing set.</summary>
    public static IResponse NewResponse(ApiKey key) => Schemas.NewResponse(key);
}
