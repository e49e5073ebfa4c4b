using Testbed.Foundation;

namespace Testbed.Client;

/// <summary>
/// Who leads a partition, as far as this client knows. The topic id is zero where brokers tell none.
/// </summary>
public readonly record struct PartitionLeader(NodeId Node, LeaderEpoch Epoch, Uuid TopicId);
