namespace Testbed.Log;

/// <summary>How much something found in a log directory matters.</summary>
public enum FindingLevel
{
    /// <summary>Worth knowing; what crashes and a running broker leave, and opening the log mends.</summary>
    Note,

    /// <summary>Something is damaged, or two files contradict each other.</summary>
    Problem,
}
