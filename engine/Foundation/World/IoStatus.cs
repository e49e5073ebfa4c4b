namespace Testbed.Foundation;

/// <summary>What came of a disk operation.</summary>
public enum IoStatus
{
    Ok,

    /// <summary>No such file or directory.</summary>
    NotFound,

    /// <summary>The file system is full (or a quota is used up). What is there stays readable.</summary>
    NoSpace,

    /// <summary>
    /// Of an open or a directory's sync: no descriptor was free. Nothing has happened; later it may.
    /// </summary>
    TooManyOpen,

    /// <summary>
    /// The device failed. Of a write or sync: the file's contents are unknown; never try over it.
    /// </summary>
    Failed,
}
