namespace Testbed.Sim;

/// <summary>
/// What an entry of the world's queue is. Part of the trace hash: the numbers stay as they are.
/// </summary>
public enum SimEventKind
{
    /// <summary>Something the world itself does: a step of a fault plan, the end of a stall.</summary>
    World = 0,

    /// <summary>A node starts.</summary>
    Boot = 1,

    /// <summary>Work a shard has posted to itself.</summary>
    Post = 2,

    Timer = 3,
    Network = 4,
    Disk = 5,
}
