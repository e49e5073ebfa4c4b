using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>A commit or abort marker that compaction has removed.</summary>
internal readonly record struct RemovedMarker(ProducerId ProducerId, Offset Offset);
