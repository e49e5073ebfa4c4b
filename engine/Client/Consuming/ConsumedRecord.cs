using System;
using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Wire.Records;

namespace Testbed.Client;

/// <summary>A record that was read. Its bytes stay as they are for as long as anybody holds them.</summary>
public readonly record struct ConsumedRecord(
    Offset Offset,
    long TimestampMs,
    TimestampType TimestampType,
    ReadOnlyMemory<byte>? Key,
    ReadOnlyMemory<byte>? Value,
    IReadOnlyList<ConsumedHeader> Headers);
