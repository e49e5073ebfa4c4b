using Testbed.Foundation;
using Testbed.Wire;

namespace Testbed.Client;

/// <summary>
/// Where a partition begins after records before an offset were deleted, or why they were not.
/// </summary>
public sealed record DeletedRecords(TopicPartition Partition, ErrorCode Error, Offset Begin);
