using System.Diagnostics;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace Testbed.Tests.Fence;

/// <summary>
/// A list that no project reads fences nothing: the build is asked which one it hands to the analyzer.
/// </summary>
public class BannedWiringTests
{
    [Theory]
    [InlineData("engine/Foundation/Testbed.Foundation.csproj", "engine/BannedSymbols.txt")]
    [InlineData("engine/Compression/Testbed.Compression.csproj", "engine/Compression/BannedSymbols.txt")]
    [InlineData("sim/Testbed.Sim.csproj", "engine/BannedSymbols.txt")]
    [InlineData("models/Testbed.Models.csproj", "engine/BannedSymbols.txt")]
    public void The_analyzer_of_each_fenced_room_reads_its_list(string project, string list)
    {
        using var items = JsonDocument.Parse(AdditionalFiles(Repository.Path(project)));
        var paths = items.RootElement.GetProperty("Items").GetProperty("AdditionalFiles").EnumerateArray()
            .Select(item => item.GetProperty("FullPath").GetString()!)
            .Select(path => System.IO.Path.GetRelativePath(Repository.Root, path));
        Assert.Equal([list], paths.Where(path => path.EndsWith("BannedSymbols.txt")));
    }

    private static string AdditionalFiles(string project)
    {
        var start = new ProcessStartInfo("dotnet", ["msbuild", project, "-getItem:AdditionalFiles"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var msbuild = Process.Start(start)!;
        var output = msbuild.StandardOutput.ReadToEnd();
        msbuild.WaitForExit();
        Assert.True(msbuild.ExitCode == 0, output);
        return output;
    }
}
