using System.Threading.Tasks;
using Xunit;

namespace Testbed.Tests.Interop;

/// <summary>`testbed log verify` over a log directory that no broker has open.</summary>
internal static class LogVerification
{
    /// <summary>
    /// The verdict; a directory with a problem fails, and so does one with fewer partitions.
    /// </summary>
    public static async Task<string> Passes(string directory, int partitionsMin)
    {
        var run = await ClientProgram.Run(
            CommandLine.Of("dotnet", TestbedProgram.Assembly, "log", "verify", directory));
        if (run.ExitCode != 0)
        {
            throw run.Failure("found a problem");
        }
        var verdict = run.Lines[^1];
        Assert.StartsWith("ok: ", verdict);
        var partitions = int.Parse(verdict.Split(' ')[1]);
        Assert.InRange(partitions, partitionsMin, int.MaxValue);
        return verdict;
    }
}
