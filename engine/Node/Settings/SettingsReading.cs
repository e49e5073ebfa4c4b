using System.Collections.Generic;

namespace Testbed.Node.Settings;

/// <summary>
/// Outcome of reading a node's settings: the settings, or at least one error. Sentences for people.
/// </summary>
public sealed record SettingsReading(
    NodeSettings? Settings, IReadOnlyList<string> Warnings, IReadOnlyList<string> Errors);
