using Testbed.Foundation;

namespace Testbed.Node.Boot;

/// <summary>A log directory of this node: the disk it is on and its id.</summary>
public sealed record LogDirectory(IDisk Disk, Uuid Id);
