using System.IO;
using Testbed.Tests.Shared;
using Xunit;

namespace Testbed.Tests.Runner.Logs;

/// <summary>
/// A test against what Kafka's dump tool has printed: skipped, visibly, where that is not there.
/// </summary>
public sealed class KafkaDumpFactAttribute : FactAttribute
{
    public KafkaDumpFactAttribute()
    {
        if (Folder is null)
        {
            Skip = "neither GOLDEN nor ../shared/golden has the folder logs";
        }
    }

    /// <summary>The folder of the cases, or null.</summary>
    public static string? Folder { get; } = Find();

    private static string? Find()
    {
        var golden = RepositoryFolder.Beside("GOLDEN", "golden");
        var logs = golden is null ? null : Path.Combine(golden, "logs");
        return Directory.Exists(logs) ? logs : null;
    }
}
