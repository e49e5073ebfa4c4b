using System.Collections.Generic;
using Testbed.Wire;

namespace Testbed.Client;

/// <summary>The settings of one topic or broker, in the order in which the broker tells them.</summary>
public sealed record ConfigDescription(
    string Name, ErrorCode Error, string? Message, IReadOnlyList<ConfigEntry> Entries);
