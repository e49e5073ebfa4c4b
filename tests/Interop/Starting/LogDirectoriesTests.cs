using System.IO;
using System.Text;
using System.Threading.Tasks;
using Xunit;

namespace Testbed.Tests.Interop;

/// <summary>
/// Several log directories: nothing is lost by naming them in another order, or one too few.
/// </summary>
public sealed class LogDirectoriesTests
{
    [ClientFact(Clients.Kcat)]
    public async Task Another_order_of_the_directories_finds_everything_again()
    {
        using var folder = new TemporaryFolder();
        var (a, b) = (folder.Inside("a"), folder.Inside("b"));
        await Produce($"log.dirs={a}", "one\n");
        await Produce($"log.dirs={b},{a}", "two\n");
        await Produce($"log.dirs={a},{b}", "three\n");

        await using var broker = await BrokerProcess.Start($"log.dirs={b},{a}");
        var read = await ClientProgram.Run(Clients.KcatCommand(
            broker, "-C", "-t", "kept", "-p", "0", "-o", "beginning", "-e", "-q"));
        Assert.Equal("one\ntwo\nthree\n", read.Succeeded(broker).Text);
    }

    [ClientFact(Clients.Kcat)]
    public async Task A_start_without_the_directory_of_the_metadata_is_refused_and_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        var (a, b) = (folder.Inside("a"), folder.Inside("b"));
        await Produce($"log.dirs={a},{b}", "one\n");
        if (Directory.Exists(Path.Combine(a, "kept-0")))
        {
            Directory.Move(Path.Combine(a, "kept-0"), Path.Combine(b, "kept-0"));
        }
        await Refused(folder, b, "has partitions, but no directory has __cluster_metadata-0");

        File.Delete(Path.Combine(b, "meta.properties"));
        await Refused(folder, b, "has partitions and no meta.properties");
    }

    private static async Task Refused(TemporaryFolder folder, string directory, string expected)
    {
        var before = TemporaryFolder.Listing(folder.Path);
        var run = await ClientProgram.Run(
            TestbedProgram.Start([TestbedProgram.AnyPort, $"log.dirs={directory}"]));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Errors);
        Assert.Equal(before, TemporaryFolder.Listing(folder.Path));
    }

    private static async Task Produce(string directories, string line)
    {
        await using var broker = await BrokerProcess.Start(directories);
        var wrote = await ClientProgram.Run(
            Clients.KcatCommand(broker, "-P", "-t", "kept", "-p", "0"), Encoding.UTF8.GetBytes(line));
        wrote.Succeeded(broker);
        await broker.Stop();
    }
}
