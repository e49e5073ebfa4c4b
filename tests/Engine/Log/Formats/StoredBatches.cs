using System;
using System.Collections.Generic;
using Testbed.Log;
using Testbed.Wire.Records;

namespace Testbed.Tests.Engine.Log.Formats;

/// <summary>The batches of a segment file in memory.</summary>
internal static class StoredBatches
{
    /// <summary>Position, header and bytes of each batch up to the first that is not whole.</summary>
    public static List<(int Position, StoredBatch Header, byte[] Bytes)> Of(byte[] segment)
    {
        var batches = new List<(int Position, StoredBatch Header, byte[] Bytes)>();
        var position = 0;
        while (BatchFrame.Of(segment.AsSpan(position)) is { Framing: BatchFraming.Whole } frame)
        {
            var bytes = segment.AsSpan(position, (int)frame.SizeBytes).ToArray();
            batches.Add((position, StoredBatch.Read(bytes), bytes));
            position += bytes.Length;
        }
        return batches;
    }
}
