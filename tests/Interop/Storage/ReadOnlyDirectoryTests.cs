using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Testbed.Tests.Shared;
using Xunit;

namespace Testbed.Tests.Interop;

/// <summary>One of two log directories has become read-only, and the broker is started again.</summary>
public sealed class ReadOnlyDirectoryTests
{
    private const int DiskMib = 8;

    [MountTheory(Clients.Kcat)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_broker_starts_without_it_unless_it_has_the_metadata(bool hasMetadata)
    {
        using var folder = new TemporaryFolder();
        var (own, small) = (folder.Inside("own"), folder.Inside("small"));
        Directory.CreateDirectory(small);
        using var disk = SmallFileSystem.Over(small, DiskMib << 10);
        var directories = hasMetadata ? $"{small},{own}" : $"{own},{small}";
        await using var broker = await BrokerProcess.Start($"log.dirs={directories}");
        await Topics.Create(broker, "t", 12);
        await broker.Stop();
        disk.BecomeReadOnly();

        var refusal = $"{small} cannot be written by this user; "
            + "change its permissions or name another directory";
        if (hasMetadata)
        {
            var run = await ClientProgram.Run(
                TestbedProgram.Start([TestbedProgram.AnyPort, $"log.dirs={directories}"]));
            Assert.Equal((2, $"error: log.dirs: {refusal}"), (run.ExitCode, run.Errors.Trim()));
            Assert.True(File.Exists(Path.Combine(own, ".kafka_cleanshutdown")));
            return;
        }
        await broker.Restart();
        Assert.Contains($"log directory {small} is offline with all its partitions: {refusal}", broker.Log);
        foreach (var index in Enumerable.Range(0, 12))
        {
            var isThere = Directory.Exists(Path.Combine(own, $"t-{index}"));
            Assert.Equal(isThere, await CanWrite(broker, index));
        }
    }

    private static async Task<bool> CanWrite(BrokerProcess broker, int partition)
    {
        var run = await ClientProgram.Run(
            Clients.KcatCommand(
                broker, "-P", "-t", "t", "-p", $"{partition}", "-X", "message.timeout.ms=2000"),
            "line\n"u8.ToArray());
        return run.ExitCode == 0;
    }
}
