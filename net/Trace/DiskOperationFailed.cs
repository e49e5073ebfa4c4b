using Testbed.Foundation;

namespace Testbed.Net;

/// <summary>The file system refused an operation; the engine was told the status only.</summary>
public readonly record struct DiskOperationFailed(string Directory, string Reason) : ITraceEvent
{
    public string Name => "disk-operation-failed";

    public void Describe(ITraceFields fields)
    {
        fields.Add("directory", Directory);
        fields.Add("reason", Reason);
    }
}
