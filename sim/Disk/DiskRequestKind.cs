namespace Testbed.Sim;

/// <summary>What a disk is asked to do. Part of the trace hash: the numbers stay as they are.</summary>
public enum DiskRequestKind
{
    Open = 0,
    Write = 1,
    Read = 2,
    Sync = 3,
    Truncate = 4,
    Rename = 5,
    Delete = 6,
    CreateDirectory = 7,
    SyncDirectory = 8,
    List = 9,

    /// <summary>Bytes read while they are sent to a connection; takes no time of its own.</summary>
    ReadForSending = 10,
}
