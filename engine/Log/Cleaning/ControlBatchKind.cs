namespace Testbed.Log;

/// <summary>What a control batch holds, so far as compaction cares.</summary>
internal enum ControlBatchKind
{
    /// <summary>No record: a cleaning before has kept its header only, for its producer.</summary>
    Emptied,

    /// <summary>A transaction of its producer was committed.</summary>
    Commit,

    /// <summary>A transaction of its producer was aborted.</summary>
    Abort,

    /// <summary>Anything else.</summary>
    Other,
}
