using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Testbed.Tests.Shared;
using Xunit;
using Xunit.Abstractions;

namespace Testbed.Tests.Interop;

/// <summary>One of two log directories lies on a disk that fills up.</summary>
public sealed class FullDiskTests(ITestOutputHelper output)
{
    private const string StorageError = "56";    // KAFKA_STORAGE_ERROR
    private const string Topic = "filling";
    private const int PartitionCount = 16;
    private const int DiskMib = 8;
    private const int BallastMib = 5;
    private const int RecordBytes = 50_000;
    private const int RefusedWithinMs = 5_000;

    [MountTheory(Clients.ConfluentPython, Clients.Kcat)]
    [InlineData("replicated")]
    [InlineData("fsync")]
    public async Task A_full_disk_refuses_at_once_and_keeps_what_it_had(string durability)
    {
        using var folder = new TemporaryFolder();
        var (large, small) = (folder.Inside("large"), folder.Inside("small"));
        Directory.CreateDirectory(small);
        using var disk = SmallFileSystem.Over(small, DiskMib << 10);
        var ballast = Path.Combine(small, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[BallastMib << 20]);
        await using var broker = await BrokerProcess.Start($"log.dirs={large},{small}");
        await Topics.Create(broker, Topic, PartitionCount, $"durability={durability}");

        var (full, other) = (PartitionIn(small), PartitionIn(large));
        var lines = await Write(broker, full, 500);
        var refusal = lines[^1].Split(' ');
        output.WriteLine($"{lines.Count - 1} acknowledged, then {lines[^1]} ms");
        Assert.Equal(["error", StorageError], refusal[..2]);
        Assert.InRange(int.Parse(refusal[2], CultureInfo.InvariantCulture), 0, RefusedWithinMs);
        Assert.NotEqual(1, lines.Count);
        Assert.Equal(["error", StorageError], (await Write(broker, full, 1))[^1].Split(' ')[..2]);

        Assert.Equal("done", (await Write(broker, other, 20))[^1]);
        Assert.Contains($"log directory {small} is full; free space and start the node again", broker.Log);

        await broker.Stop();
        File.Delete(ballast);
        await broker.Restart();
        var read = await Read(broker, full);
        Assert.All(lines.SkipLast(1), line => Assert.Contains(line, read));
        Assert.Equal("done", (await Write(broker, full, 20))[^1]);
        Assert.Equal(20, (await Read(broker, other)).Count);
        await broker.Stop();
        await LogVerification.Passes(small, 1);

        int PartitionIn(string directory) => Enumerable.Range(0, PartitionCount)
            .First(index => Directory.Exists(Path.Combine(directory, $"{Topic}-{index}")));
    }

    private static async Task<IReadOnlyList<string>> Write(BrokerProcess broker, int partition, int count) =>
        (await ClientProgram.Run(Clients.PythonCommand(
            Clients.ConfluentPython,
            "write_until_error.py",
            broker,
            Topic,
            $"{partition}",
            $"{RecordBytes}",
            $"{count}"))).Succeeded(broker).Lines;

    /// <summary>Offset and number of every record of a partition.</summary>
    private static async Task<HashSet<string>> Read(BrokerProcess broker, int partition)
    {
        var run = await ClientProgram.Run(Clients.KcatCommand(
            broker, "-C", "-t", Topic, "-p", $"{partition}", "-o", "beginning", "-e", "-q", "-f", "%o %s\n"));
        return run.Succeeded(broker).Lines
            .Select(static line => string.Join(' ', line.Split(' ', StringSplitOptions.None)[..2]))
            .ToHashSet();
    }
}
