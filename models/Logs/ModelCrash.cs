namespace Testbed.Models.Logs;

/// <summary>What a crash may take from a log.</summary>
public enum ModelCrash
{
    /// <summary>The process dies: what was not written yet.</summary>
    Process,

    /// <summary>The machine dies: what was not synced.</summary>
    PowerCut,
}
