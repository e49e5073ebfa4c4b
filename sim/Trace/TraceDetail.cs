namespace Testbed.Sim;

/// <summary>How much a listener to trace lines wants to read. Each level contains the one before.</summary>
public enum TraceDetail
{
    /// <summary>What nodes and the world report.</summary>
    Facts,

    /// <summary>Disk and network operations too.</summary>
    Operations,

    /// <summary>Every executed event too: all that goes into the trace hash.</summary>
    Events,
}
