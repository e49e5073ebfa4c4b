namespace Testbed.Node.Controller;

/// <summary>Levels of a feature that a node can work at, both included.</summary>
public sealed record FeatureRange(string Name, short Lowest, short Highest);
