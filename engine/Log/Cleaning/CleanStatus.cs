namespace Testbed.Log;

/// <summary>
/// How a cleaning has ended. Where it has ended early, the groups swapped in by then are cleaned and the
/// others as they were.
/// </summary>
public enum CleanStatus
{
    /// <summary>All of the range has been compacted, or as much as the key map had room for.</summary>
    Cleaned = 0,

    /// <summary>Somebody asked it to stop.</summary>
    Stopped,

    /// <summary>A segment it was about to replace has gone or changed meanwhile: later, once more.</summary>
    Overtaken,

    /// <summary>Bytes of a segment are not those that were written there.</summary>
    Damaged,

    /// <summary>
    /// The log can be read and yet not compacted: a codec is not installed, a batch unpacks to more than the
    /// limit, has more keys than the map has room for, or a segment would get too large.
    /// </summary>
    Uncleanable,

    /// <summary>The disk refused an operation; what it said is told beside.</summary>
    DiskFailed,
}
