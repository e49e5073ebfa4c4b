using System.Collections.Generic;

namespace Testbed.Client;

/// <summary>A topic to be created.</summary>
/// <param name="Name">1 to 249 characters of a-z, A-Z, 0-9, '.', '_' and '-'.</param>
/// <param name="PartitionCount">At least 1, or -1 for the cluster's default.</param>
/// <param name="ReplicationFactor">At least 1, or -1 for the cluster's default.</param>
public sealed record NewTopic(string Name, int PartitionCount = -1, short ReplicationFactor = -1)
{
    /// <summary>Settings that differ from the defaults, by name.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Configs { get; init; } = [];
}
