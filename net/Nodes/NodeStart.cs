namespace Testbed.Net;

/// <summary>Outcome of starting a node: the node, or why there is none.</summary>
public readonly record struct NodeStart(NodeHost? Node, string? Problem);
