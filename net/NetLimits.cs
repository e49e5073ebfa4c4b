namespace Testbed.Net;

/// <summary>
/// Bounds of the real world that are no settings. Those of the engine are in Foundation's Limits.
/// </summary>
internal static class NetLimits
{
    /// <summary>Queued units of work run in one turn before sockets and timers get their share.</summary>
    public const int UnitsPerTurn = 512;

    /// <summary>Sockets found ready in one turn; the rest are found in the next.</summary>
    public const int ReadySocketsPerTurn = 256;

    /// <summary>Connections taken from one listener in one turn.</summary>
    public const int AcceptsPerTurn = 64;

    /// <summary>Receives from one connection in one turn.</summary>
    public const int ReceivesPerTurn = 4;

    /// <summary>Bytes after which a connection that can still send waits for the next turn.</summary>
    public const int SendBytesPerTurn = 1024 * 1024;

    /// <summary>Buffers in one gathered send: up to eight cost no allocation in Socket.Send.</summary>
    public const int SegmentsPerSend = 8;

    /// <summary>
    /// Pieces up to this size are copied together: cheaper than a pin and a vector entry each.
    /// </summary>
    public const int CopiedPieceMaxBytes = 4096;

    /// <summary>Room for pieces copied together, and for a file's bytes where there is no sendfile.</summary>
    public const int SendScratchBytes = 64 * 1024;

    /// <summary>Connections the kernel holds ready between two turns.</summary>
    public const int ListenBacklog = 512;

    /// <summary>
    /// How long a listener rests when the process or the machine is out of descriptors or memory.
    /// </summary>
    public const int AcceptPauseMs = 100;

    /// <summary>
    /// How long a peer that has stopped sending may take to read what was still to be sent to it.
    /// </summary>
    public const int LingerMs = 5_000;

    /// <summary>Addresses of one host name that are tried.</summary>
    public const int AddressesPerName = 8;

    /// <summary>Longest single wait for events, so that milliseconds fit every system's argument.</summary>
    public const int WaitMaxMs = 60_000;

    /// <summary>Largest write that may run on the shard's own thread.</summary>
    public const int InlineWriteMaxBytes = 1024 * 1024;

    /// <summary>Largest read that may run on the shard's own thread.</summary>
    public const int InlineReadMaxBytes = 64 * 1024;

    /// <summary>
    /// An operation that holds the shard's thread so long shows that the disk is busy. Well above the few
    /// milliseconds for which a busy processor may take the thread away in between.
    /// </summary>
    public const int InlineSlowMs = 50;

    /// <summary>How long a busy disk's operations all go to its own thread.</summary>
    public const int InlineRestMs = 1_000;
}
