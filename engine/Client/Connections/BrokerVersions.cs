using System;
using System.Collections.Generic;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Client;

/// <summary>The versions of each API that one broker says it serves.</summary>
public sealed class BrokerVersions
{
    private readonly Dictionary<short, (short Lowest, short Highest)> _ranges = [];

    internal BrokerVersions(ApiVersionsResponse response)
    {
        foreach (var api in response.ApiKeys)
        {
            _ranges[api.ApiKey] = (api.MinVersion, api.MaxVersion);
        }
    }

    /// <summary>
    /// The newest version of the API that the broker serves, that we have and that is at most
    /// <paramref name="highest"/>. False when there is none.
    /// </summary>
    public bool TryPick(ApiKey key, short highest, out short version)
    {
        version = 0;
        if (!_ranges.TryGetValue((short)key, out var theirs))
        {
            return false;
        }
        var ours = ApiCatalogue.Of(key);
        version = Math.Min(Math.Min(ours.HighestStableVersion, highest), theirs.Highest);
        return version >= ours.LowestVersion && version >= theirs.Lowest;
    }
}
