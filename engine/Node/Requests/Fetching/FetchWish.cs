namespace Testbed.Node.Requests.Fetching;

/// <summary>What a fetch asks of one partition.</summary>
/// <param name="FetchOffset">First offset wanted.</param>
/// <param name="MaxBytes">Most bytes wanted, but for the first batch of the answer.</param>
/// <param name="CurrentLeaderEpoch">Leader epoch the client knows; -1 for none (KIP-320).</param>
/// <param name="LastFetchedEpoch">Epoch of the last record the client has; -1 for none (KIP-595).</param>
public readonly record struct FetchWish(
    long FetchOffset, int MaxBytes, int CurrentLeaderEpoch, int LastFetchedEpoch);
