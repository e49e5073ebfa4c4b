using System;

namespace Testbed.Client;

/// <summary>A header of a record that was read.</summary>
public readonly record struct ConsumedHeader(string Key, ReadOnlyMemory<byte>? Value);
