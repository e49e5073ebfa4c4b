using System;

namespace Testbed.Wire;

/// <summary>
/// Bytes from outside that are not a message. Caught by the connection, which closes, and by readers of logs,
/// for which the record is corrupt.
/// </summary>
public sealed class MalformedMessageException(MalformedReason reason, int position)
    : Exception($"malformed message: {reason} at byte {position}")
{
    public MalformedReason Reason { get; } = reason;

    /// <summary>Bytes from the start of what was read, up to the offending value or just behind it.</summary>
    public int Position { get; } = position;
}
