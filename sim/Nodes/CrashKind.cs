namespace Testbed.Sim;

/// <summary>How much a crash takes with it.</summary>
public enum CrashKind
{
    /// <summary>
    /// The process dies, the machine lives: what was written stays, and its kernel closes the connections.
    /// </summary>
    Process,

    /// <summary>
    /// The machine dies: what was not synced may be lost or torn, and peers hear nothing until they send to
    /// it after it is back.
    /// </summary>
    PowerCut,
}
