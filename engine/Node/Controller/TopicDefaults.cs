namespace Testbed.Node.Controller;

/// <summary>What -1 stands for when a topic is made: num.partitions and default.replication.factor.</summary>
public sealed record TopicDefaults(int PartitionCount, int ReplicationFactor);
