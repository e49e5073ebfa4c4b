using System.Collections.Immutable;

namespace Testbed.Node.Controller;

/// <summary>
/// The features of a cluster: the levels this node can work at, and those a new cluster begins with. Levels
/// of features that are not built yet are 0, so that clients do not count on them (KIP-584).
/// </summary>
public static class Features
{
    public const string MetadataVersion = "metadata.version";

    /// <summary>In ordinal order of their names.</summary>
    public static ImmutableArray<FeatureRange> Supported { get; } =
    [
        new("eligible.leader.replicas.version", 0, 1),
        new("group.version", 0, 1),
        new("kraft.version", 0, 1),
        new(MetadataVersion, 7, MetadataVersions.MetadataVersion),
        new("share.version", 0, 1),
        new("streams.version", 0, 1),
        new("transaction.version", 0, 2),
    ];
}
