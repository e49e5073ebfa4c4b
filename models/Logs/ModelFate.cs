namespace Testbed.Models.Logs;

/// <summary>What compaction must make of a record.</summary>
public enum ModelFate
{
    Stays,
    Goes,

    /// <summary>Both is right: an earlier compaction may have left it, or not.</summary>
    Either,
}
