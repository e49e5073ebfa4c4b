using Testbed.Foundation;

namespace Testbed.Runner;

/// <summary>
/// Where the reading of a partition begins, and where it ends if it is to end there (otherwise null).
/// </summary>
internal sealed record ReadingPlan(TopicPartition Partition, Offset Begin, Offset? End);
