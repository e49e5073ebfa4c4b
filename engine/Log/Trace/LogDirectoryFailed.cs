using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>A log directory has failed: all its partitions are offline.</summary>
public readonly record struct LogDirectoryFailed(string Directory, string Reason) : ITraceEvent
{
    public string Name => "log-directory-failed";

    public void Describe(ITraceFields fields)
    {
        fields.Add("directory", Directory);
        fields.Add("reason", Reason);
    }
}
