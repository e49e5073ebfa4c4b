namespace Testbed.Client;

/// <summary>A partition in a Fetch request: as it was when the request was made.</summary>
internal readonly record struct FetchPart(AssignedPartition Partition, int Version, PartitionLeader Leader)
{
    /// <summary>False when the partition has been sought or taken out since.</summary>
    public bool IsCurrent => Partition.Version == Version;
}
