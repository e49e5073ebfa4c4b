namespace Testbed.Models.Histories;

/// <summary>
/// Which record this is, told by its content: who sent it, as its how manieth, and a hash of all its bytes.
/// </summary>
public readonly record struct RecordIdentity(long Producer, long Sequence, ulong Content)
{
    public override string ToString() => $"record {Sequence} of producer {Producer}";
}
