namespace Testbed.Client;

/// <summary>What the caller of a request wants besides its contents.</summary>
/// <param name="TimeoutMs">
/// Milliseconds from now to the answer, waiting for the connection included; at least 1.
/// </param>
/// <param name="VersionMin">The oldest version that can say what the request says.</param>
/// <param name="VersionMax">The newest.</param>
/// <param name="HasNoAnswer">
/// The broker will not answer (Produce with acks=0): done as soon as it is sent.
/// </param>
public readonly record struct RequestTerms(
    long TimeoutMs, short VersionMin = 0, short VersionMax = short.MaxValue, bool HasNoAnswer = false);
