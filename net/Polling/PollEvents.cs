using System;

namespace Testbed.Net;

/// <summary>What a socket is watched for, and what it was found to be.</summary>
[Flags]
internal enum PollEvents
{
    None = 0,
    Readable = 1,
    Writable = 2,

    /// <summary>Reset, or closed in both directions. Told whether or not it was asked for.</summary>
    Broken = 4,
}
