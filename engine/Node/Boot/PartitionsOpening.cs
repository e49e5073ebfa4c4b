using Testbed.Foundation;

namespace Testbed.Node.Boot;

/// <summary>
/// A node that starts is still opening its partitions: so many of so many are open, and so many bytes of logs
/// have been examined.
/// </summary>
public readonly record struct PartitionsOpening(int OpenCount, int PartitionCount, long ExaminedBytes)
    : ITraceEvent
{
    public string Name => "partitions-opening";

    public void Describe(ITraceFields fields)
    {
        fields.Add("open", OpenCount);
        fields.Add("partitions", PartitionCount);
        fields.Add("examined", ExaminedBytes);
    }
}
