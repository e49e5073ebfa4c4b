using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace Testbed.Tests.Interop;

/// <summary>`testbed log` on what its user may not read: a sentence, not a stack trace.</summary>
public sealed class VerifyAccessTests
{
    [UnprivilegedFact]
    public async Task A_partition_that_may_not_be_read_is_a_problem()
    {
        using var folder = new TemporaryFolder();
        await using (var broker = await BrokerProcess.Start($"log.dirs={folder.Inside("a")}"))
        {
            await Topics.Create(broker, "t", 2);
            await broker.Stop();
        }
        UnprivilegedUser.Forbid(folder.Path);
        var closed = folder.Inside("a/t-0");
        File.SetUnixFileMode(closed, UnixFileMode.None);

        var all = await Run("verify", folder.Inside("a"));
        Assert.Equal(1, all.ExitCode);
        var denial = $"Access to the path '{closed}' is denied.";
        Assert.Contains($"t-0: cannot be read: {denial}", all.Text);
        foreach (var word in new[] { "verify", "dump" })
        {
            var one = await Run(word, closed);
            Assert.Equal(2, one.ExitCode);
            Assert.Contains($"'{closed}' cannot be read: {denial}", one.Errors);
            Assert.DoesNotContain("Unhandled", one.Errors);
        }
        File.SetUnixFileMode(closed, File.GetUnixFileMode(folder.Path));
    }

    private static Task<ClientRun> Run(string word, string path) => ClientProgram.Run(
        UnprivilegedUser.Command(CommandLine.Of("dotnet", TestbedProgram.Assembly, "log", word, path)));
}
