using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// One entry of an offset index: the batch whose last record has <paramref name="Offset"/> begins at byte
/// <paramref name="Position"/> of its segment.
/// </summary>
public readonly record struct OffsetPosition(Offset Offset, int Position);
