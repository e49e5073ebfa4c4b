using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>A piece of a stream was handed over; the checksum stands for its bytes.</summary>
internal readonly record struct BytesReceived(NodeId From, int Count, uint Crc) : ITraceEvent
{
    public string Name => ".bytes-received";

    public void Describe(ITraceFields fields)
    {
        fields.Add("from", From.Value);
        fields.Add("count", Count);
        fields.Add("crc", Crc);
    }
}
