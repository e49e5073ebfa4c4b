namespace Testbed.Sim.Faults;

/// <summary>What a fault does.</summary>
public enum FaultKind
{
    /// <summary>kill -9 of a node; what it wrote stays. It starts again after the fault's duration.</summary>
    ProcessCrash,

    /// <summary>
    /// A power cut of a node; what it had not synced may be lost. It starts again after the duration.
    /// </summary>
    PowerCut,

    /// <summary>
    /// The broker is asked to stop; its process ends a while later, also in the middle of that, and starts
    /// again after the duration.
    /// </summary>
    CleanStop,

    /// <summary>Nothing passes between a node and the broker for the duration, in either direction.</summary>
    CutBothWays,

    /// <summary>Nothing passes from a node to the broker for the duration; the other way works.</summary>
    CutOneWay,

    /// <summary>All connections between a node and the broker break at once.</summary>
    Reset,

    /// <summary>What a node sends to the broker is held back for the duration.</summary>
    Stall,
}
