using Testbed.Foundation;

namespace Testbed.Wire.Records;

/// <summary>Sequence numbers of idempotent producers: 0 to 2147483647, then 0 again (KIP-98).</summary>
public static class SequenceNumber
{
    /// <summary>
    /// The number <paramref name="count"/> records behind <paramref name="sequence"/>; neither is negative.
    /// </summary>
    public static int Plus(int sequence, int count)
    {
        Invariant.Assert(sequence >= 0);
        Invariant.Assert(count >= 0);
        return (int)(((long)sequence + count) & int.MaxValue);
    }
}
