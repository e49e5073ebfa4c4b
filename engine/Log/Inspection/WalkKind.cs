namespace Testbed.Log;

/// <summary>What a <see cref="BatchWalk"/> has come to.</summary>
public enum WalkKind
{
    /// <summary>A whole batch of format 2 with the right checksum.</summary>
    Batch,

    /// <summary>What looks like a batch; its checksum is wrong.</summary>
    DamagedBatch,

    /// <summary>Bytes that are no batch; a sound one may follow.</summary>
    NoBatch,

    /// <summary>More bytes are needed to tell.</summary>
    NeedMore,

    /// <summary>The file's end.</summary>
    End,
}
