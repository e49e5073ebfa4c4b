using System;
using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Net;

/// <summary>What a <see cref="ShardHost"/> is made of.</summary>
public sealed record ShardOptions
{
    public required ShardId Id { get; init; }

    /// <summary>Log directories as the settings name them, in their order; each becomes one disk.</summary>
    public IReadOnlyList<string> LogDirectories { get; init; } = [];

    public ITrace Trace { get; init; } = new RealTrace();

    /// <summary>Bytes of returned buffers kept for the next renter.</summary>
    public long RetainedBufferBytesMax { get; init; } = 64 * 1024 * 1024;

    /// <summary>
    /// Use only what every system has: Socket.Select, read and send instead of sendfile, fsync instead of
    /// fdatasync, no syncing of directories. Always so outside Linux.
    /// </summary>
    public bool Portable { get; init; } = !OperatingSystem.IsLinux();
}
