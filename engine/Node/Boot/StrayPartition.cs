using Testbed.Foundation;

namespace Testbed.Node.Boot;

/// <summary>
/// A directory that no partition of the metadata owns was renamed; somebody should look at it and remove it.
/// </summary>
public readonly record struct StrayPartition(string LogDirectory, string Directory) : ITraceEvent
{
    public string Name => "stray-partition";

    public void Describe(ITraceFields fields)
    {
        fields.Add("log-dir", LogDirectory);
        fields.Add("directory", Directory);
    }
}
