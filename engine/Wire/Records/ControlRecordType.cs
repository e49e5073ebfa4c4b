namespace Testbed.Wire.Records;

/// <summary>
/// What a control record says. Types 0 and 1 end transactions (KIP-98), the others belong to the metadata
/// quorum (KIP-595, KIP-630, KIP-853). Readers pass over types that they do not know.
/// </summary>
public enum ControlRecordType : short
{
    Abort = 0,
    Commit = 1,
    LeaderChange = 2,
    SnapshotHeader = 3,
    SnapshotFooter = 4,
    KRaftVersion = 5,
    KRaftVoters = 6,
}
