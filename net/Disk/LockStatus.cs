namespace Testbed.Net;

/// <summary>What came of an attempt to lock a log directory.</summary>
public enum LockStatus
{
    Acquired,

    /// <summary>Another node of this machine works there.</summary>
    HeldByOther,

    /// <summary>There is no such directory, or it cannot be written.</summary>
    Failed,
}
