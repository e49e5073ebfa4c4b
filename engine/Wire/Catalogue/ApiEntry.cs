namespace Testbed.Wire;

/// <summary>
/// What the schemas say of one API. Versions are those that we can read and write; what a listener advertises
/// is its own decision.
/// </summary>
/// <param name="Key">Its key.</param>
/// <param name="Name">Kafka's name of it, such as Fetch.</param>
/// <param name="LowestVersion">First version of request and response.</param>
/// <param name="HighestVersion">Last version of request and response.</param>
/// <param name="FirstFlexibleVersion">First version with tags; short.MaxValue: none.</param>
/// <param name="IsNewestUnstable">The highest version is not served unless asked for.</param>
/// <param name="Listeners">Listeners that serve it.</param>
public readonly record struct ApiEntry(
    ApiKey Key,
    string Name,
    short LowestVersion,
    short HighestVersion,
    short FirstFlexibleVersion,
    bool IsNewestUnstable,
    ApiListeners Listeners)
{
    /// <summary>The highest version that is final.</summary>
    public short HighestStableVersion => (short)(IsNewestUnstable ? HighestVersion - 1 : HighestVersion);

    public bool Has(short version) => LowestVersion <= version && version <= HighestVersion;

    /// <summary>Version of the request's header: 1, or 2 with tags.</summary>
    public short RequestHeaderVersion(short version) => version >= FirstFlexibleVersion ? (short)2 : (short)1;

    /// <summary>
    /// Version of the response's header: 0, or 1 with tags. Always 0 for ApiVersions, whose answer must be
    /// readable by a client that knows nothing of the broker yet (KIP-511).
    /// </summary>
    public short ResponseHeaderVersion(short version) =>
        version >= FirstFlexibleVersion && Key != ApiKey.ApiVersions ? (short)1 : (short)0;
}
