namespace Testbed.Log;

/// <summary>What is done to a file of a partition's directory.</summary>
public enum FileOperationKind
{
    Delete,

    /// <summary>Renames it over what may be there; durable when it completes.</summary>
    Rename,

    /// <summary>Makes all before it survive a power cut.</summary>
    SyncNames,
}
