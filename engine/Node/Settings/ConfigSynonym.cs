namespace Testbed.Node.Settings;

/// <summary>One of the settings a value is looked for in, first match first.</summary>
public sealed record ConfigSynonym(string Name, string? Value, ConfigSource Source);
