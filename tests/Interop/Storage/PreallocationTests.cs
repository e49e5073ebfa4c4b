using System.IO;
using System.Text;
using System.Threading.Tasks;
using Testbed.Tests.Shared;
using Xunit;

namespace Testbed.Tests.Interop;

/// <summary>preallocate=true: space is set aside for the segment that is written to, no other.</summary>
public sealed class PreallocationTests
{
    private const int DiskMib = 12;
    private const int SegmentMib = 6;
    private const int SegmentCount = 5;

    [MountTheory(Clients.Kcat)]
    [InlineData("replicated")]
    [InlineData("fsync")]
    public async Task Space_that_a_segment_does_not_need_is_given_back_when_it_ends(string durability)
    {
        using var folder = new TemporaryFolder();
        using var disk = SmallFileSystem.Over(folder.Path, DiskMib << 10);
        await using var broker = await BrokerProcess.Start($"log.dirs={folder.Path}");
        await Topics.Create(
            broker,
            "spacious",
            1,
            "preallocate=true",
            $"segment.bytes={SegmentMib << 20}",
            "segment.ms=1",
            $"durability={durability}");
        for (var i = 0; i < SegmentCount; i++)
        {
            var command = Clients.KcatCommand(broker, "-P", "-t", "spacious", "-p", "0");
            (await ClientProgram.Run(command, Encoding.UTF8.GetBytes($"{i}\n"))).Succeeded(broker);
            Assert.InRange(UsedMib(), SegmentMib, SegmentMib + 1);
        }

        var partition = new DirectoryInfo(folder.Inside("spacious-0"));
        Assert.Equal(SegmentCount, partition.GetFiles("*.log").Length);
        await broker.Stop();
        Assert.Equal(0, UsedMib());

        int UsedMib()
        {
            var drive = new DriveInfo(folder.Path);
            return (int)((drive.TotalSize - drive.TotalFreeSpace) >> 20);
        }
    }
}
