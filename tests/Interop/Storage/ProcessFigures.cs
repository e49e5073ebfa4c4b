using System.Globalization;
using System.IO;
using System.Linq;

namespace Testbed.Tests.Interop;

/// <summary>What Linux says about a process.</summary>
/// <param name="ResidentMib">Memory it holds, in MiB.</param>
/// <param name="DescriptorCount">Files and sockets it has open.</param>
internal sealed record ProcessFigures(long ResidentMib, int DescriptorCount)
{
    public static ProcessFigures Of(int processId)
    {
        var folder = $"/proc/{processId}";
        var line = File.ReadLines(Path.Combine(folder, "status"))
            .First(static line => line.StartsWith("VmRSS:", System.StringComparison.Ordinal));
        var words = line.Split((char[]?)null, System.StringSplitOptions.RemoveEmptyEntries);
        return new ProcessFigures(
            long.Parse(words[1], CultureInfo.InvariantCulture) / 1024,
            Directory.GetFileSystemEntries(Path.Combine(folder, "fd")).Length);
    }

    public override string ToString() => $"{ResidentMib} MiB, {DescriptorCount} descriptors";
}
