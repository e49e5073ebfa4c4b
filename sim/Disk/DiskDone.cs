using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>A disk has completed an operation; the checksum stands for the bytes written or read.</summary>
internal readonly record struct DiskDone(DiskRequest Request, IoStatus Status, uint Crc) : ITraceEvent
{
    public string Name => ".disk-done";

    public void Describe(ITraceFields fields)
    {
        fields.Add("operation", (long)Request.Kind);
        fields.Add("path", Request.Path);
        fields.Add("offset", Request.Offset);
        fields.Add("count", Request.Count);
        fields.Add("status", (long)Status);
        fields.Add("crc", Crc);
    }
}
