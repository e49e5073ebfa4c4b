using Testbed.Foundation;
using Testbed.Wire;

namespace Testbed.Client;

/// <summary>
/// An offset that was asked for. None without an error: no record has that timestamp or a later one. The
/// timestamp is that of the record found; -1 for beginnings and ends.
/// </summary>
public readonly record struct OffsetAnswer(ErrorCode Error, Offset Offset, long TimestampMs);
