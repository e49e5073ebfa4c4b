using System.Collections.Generic;

namespace Testbed.Node.Settings;

/// <summary>
/// A setting as DescribeConfigs shows it: the value in force, where it comes from, and what lies behind it.
/// </summary>
public sealed record ConfigEntry(
    string Name,
    string? Value,
    ConfigSource Source,
    SettingType Type,
    bool IsReadOnly,
    bool IsSensitive,
    IReadOnlyList<ConfigSynonym> Synonyms);
