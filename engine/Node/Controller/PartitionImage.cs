using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Node.Controller;

/// <summary>What the metadata says of one partition.</summary>
/// <param name="Index">Partition number, from 0.</param>
/// <param name="Leader">Broker that leads; None when nobody can.</param>
/// <param name="LeaderEpoch">Counts elections.</param>
/// <param name="PartitionEpoch">Counts changes of this record.</param>
/// <param name="Replicas">Assigned brokers, preferred leader first.</param>
/// <param name="Isr">In-sync replicas.</param>
/// <param name="Directories">Log directory of each replica, by its id.</param>
public sealed record PartitionImage(
    int Index,
    NodeId Leader,
    LeaderEpoch LeaderEpoch,
    int PartitionEpoch,
    IReadOnlyList<int> Replicas,
    IReadOnlyList<int> Isr,
    IReadOnlyList<Uuid> Directories);
