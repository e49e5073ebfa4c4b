using System;

namespace Testbed.Wire;

/// <summary>
/// A tagged field that the schema does not know: kept as it came and written back (KIP-482).
/// </summary>
public readonly record struct UnknownTag(uint Tag, ReadOnlyMemory<byte> Bytes);
