using Xunit;

namespace Testbed.Tests.Engine.Wire;

/// <summary>A test of the whole golden set: skipped, visibly, where the set is not there.</summary>
public sealed class WholeGoldenFactAttribute : FactAttribute
{
    public WholeGoldenFactAttribute()
    {
        if (GoldenFiles.Folder is null)
        {
            Skip = "neither GOLDEN nor ../shared/golden is there";
        }
    }
}
