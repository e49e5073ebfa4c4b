using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// The way from one node to another; the way back is another link. Connections come and go on it.
/// </summary>
internal sealed class Link(SimNode from, SimNode to, Delay delay)
{
    public SimNode From => from;

    public SimNode To => to;

    public Delay Delay { get; set; } = delay;

    /// <summary>Nothing gets through; senders are not told.</summary>
    public bool IsCut { get; set; }

    /// <summary>What would arrive earlier arrives then.</summary>
    public Instant StalledUntil { get; set; }

    /// <summary>Connections ever asked for on this link; names their random streams.</summary>
    public long ConnectCount { get; set; }
}
