namespace Testbed.Models.Histories;

/// <summary>
/// Which record this is, told by its content: who sent it, as its how manieth, and a hash of everything in
/// it.
/// </summary>
public readonly record struct RecordIdentity(long Producer, long Sequence, ulong Content)
{
    /// <summary>The same in a form that has an order.</summary>
    public (long Producer, long Sequence, ulong Content) Key => (Producer, Sequence, Content);

    public override string ToString() => $"record {Sequence} of producer {Producer}";
}
