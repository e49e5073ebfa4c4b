using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// A batch begins at <paramref name="Position"/> with <paramref name="BaseOffset"/>; records before it have
/// timestamps of at most <paramref name="MaxTimestampBeforeMs"/>.
/// </summary>
internal readonly record struct IndexEntry(Offset BaseOffset, int Position, long MaxTimestampBeforeMs);
