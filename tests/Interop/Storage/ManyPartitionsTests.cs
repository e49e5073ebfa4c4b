using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using Xunit.Abstractions;

namespace Testbed.Tests.Interop;

/// <summary>
/// A thousand partitions on one node, each with a record; as many thousand as the environment variable
/// MANY_PARTITIONS_THOUSANDS says. Bounds leave room for a machine that has much else to do.
/// </summary>
public sealed class ManyPartitionsTests(ITestOutputHelper output)
{
    private const int PerTopic = 1000;
    private const double StartSecondsMax = 10;     // for a thousand, and one more for each further thousand
    private const long ResidentMibMax = 250;       // the same, and 30 for each further
    private const int OtherDescriptorsMax = 500;

    [ClientFact(Clients.ConfluentPython)]
    public async Task A_node_with_many_partitions_starts_soon_and_within_its_descriptors()
    {
        var thousands =
            int.TryParse(Environment.GetEnvironmentVariable("MANY_PARTITIONS_THOUSANDS"), out var wanted)
                ? wanted
                : 1;
        await using var broker = await BrokerProcess.Start();
        for (var i = 0; i < thousands; i++)
        {
            await Topics.Create(broker, $"many-{i}", PerTopic);
        }
        Tell("made", broker);
        var wrote = await ClientProgram.Run(Clients.PythonCommand(
            Clients.ConfluentPython, "write_each.py", broker, "many-", $"{thousands}", $"{PerTopic}"));
        Assert.Equal($"{thousands * PerTopic}", wrote.Succeeded(broker).Lines[^1]);
        Tell("written", broker);
        Assert.Equal(thousands * PerTopic, SegmentCount(broker.Directory));

        // Every new log is synced with its indexes, one after another.
        var (exitCode, took) = await broker.Stop(TimeSpan.FromSeconds(30 * thousands));
        Assert.Equal(0, exitCode);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"stopped in {took.TotalSeconds:F2} s"));
        await Starts(broker, "after a clean stop", thousands);
        await broker.Kill();
        await Starts(broker, "after a kill", thousands);
        await LogVerification.Passes(await Killed(broker), thousands * PerTopic);
    }

    private static async Task<string> Killed(BrokerProcess broker)
    {
        await broker.Kill();
        return broker.Directory;
    }

    private async Task Starts(BrokerProcess broker, string when, int thousands)
    {
        var since = Stopwatch.StartNew();
        await broker.Restart();
        var seconds = since.Elapsed.TotalSeconds;
        var figures = Tell(
            string.Create(CultureInfo.InvariantCulture, $"started {when} in {seconds:F2} s"), broker);
        Assert.InRange(seconds, 0, StartSecondsMax + thousands - 1);
        Assert.InRange(figures.ResidentMib, 1, ResidentMibMax + 30 * (thousands - 1));
        Assert.InRange(
            figures.DescriptorCount, 1, thousands * PerTopic + OtherDescriptorsMax);
    }

    private ProcessFigures Tell(string what, BrokerProcess broker)
    {
        var figures = ProcessFigures.Of(broker.ProcessId);
        output.WriteLine($"{what}: {figures}");
        return figures;
    }

    private static int SegmentCount(string directory) =>
        Directory.GetDirectories(directory, "many-*")
            .Sum(static folder => Directory.GetFiles(folder, "*.log").Count(
                static file => new FileInfo(file).Length > 0));
}
