using System.Collections.Generic;

namespace Testbed.Sim;

/// <summary>
/// Operations that must complete in the order they were asked for. Only the first is being done.
/// </summary>
internal sealed class DiskLane
{
    public Queue<DiskOperation> Waiting { get; } = [];
}
