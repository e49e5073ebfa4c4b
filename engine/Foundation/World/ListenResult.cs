namespace Testbed.Foundation;

/// <summary>
/// Outcome of <see cref="INetwork.Listen"/>. <paramref name="Port"/> is the port really bound, which matters
/// when port 0 asked for any; 0 unless <paramref name="Status"/> is Listening.
/// </summary>
public readonly record struct ListenResult(ListenStatus Status, int Port);
