using System;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// A batch with its offsets, on the way to the disk. The owner's lease is held until it is there.
/// </summary>
internal readonly record struct PendingBatch(BatchSpan Span, ReadOnlyMemory<byte> Bytes, Lease? Owner);
