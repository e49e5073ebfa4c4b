using Testbed.Wire;

namespace Testbed.Client;

/// <summary>What came of a change to one topic.</summary>
public sealed record TopicOutcome(string Name, ErrorCode Error, string? Message);
