using System.Linq;
using System.Threading.Tasks;
using Testbed.Tests.Engine.Log.Golden;
using Xunit;

namespace Testbed.Tests.Interop;

/// <summary>
/// Log directories of Kafka 4.3.1 on a real disk: our log reads them, goes on with them and closes them, and
/// both our checks and Kafka's tool accept what is there then.
/// </summary>
public sealed class GoldenOnDiskTests
{
    public static TheoryData<string> DataDirectories => new(
        GoldenPartition.All.Where(static one => !one.IsDamaged)
            .Select(static one => one.DataDirectory).Distinct());

    [Theory]
    [MemberData(nameof(DataDirectories))]
    public async Task A_directory_of_Kafka_is_read_and_goes_on(string dataDirectory)
    {
        await using var copy = new GoldenCopy(dataDirectory);
        var partitions = copy.Partitions.ToList();
        foreach (var partition in partitions)
        {
            await copy.IsReadAndGoesOn(partition);
        }
        await LogVerification.Passes(copy.Path, partitions.Count);
    }

    [ClientTheory(Clients.JavaTools)]
    [InlineData("single-clean/data1")]
    [InlineData("single-killed/data1")]
    [InlineData("cluster3-clean/data2")]
    public async Task Kafka_accepts_a_directory_that_we_have_gone_on_with(string dataDirectory)
    {
        await using var copy = new GoldenCopy(dataDirectory);
        foreach (var partition in copy.Partitions.Where(static one => !one.IsMetadata))
        {
            await copy.IsReadAndGoesOn(partition);
        }

        var segments = await KafkaDumpTool.Segments(copy.Path);
        Assert.Empty(KafkaDumpTool.ComplaintsIn(segments));
        var ours = segments.Count(static line =>
            line.Contains($"producerId: {LogWorkflows.OurProducer} ") && line.Contains("isvalid: true"));
        var partitions = copy.Partitions.Count(static one => !one.IsMetadata);
        Assert.Equal(partitions * LogWorkflows.AppendedBatches / 2, ours);
        Assert.Empty(KafkaDumpTool.ComplaintsIn(await KafkaDumpTool.Indexes(copy.Path)));
        Assert.Empty(KafkaDumpTool.ComplaintsIn(await KafkaDumpTool.Producers(copy.Path)));
    }

    [ClientFact(Clients.JavaTools)]
    public async Task Kafka_complains_of_a_damaged_directory()
    {
        await using var copy = new GoldenCopy("single-damaged/before");

        Assert.NotEmpty(KafkaDumpTool.ComplaintsIn(await KafkaDumpTool.Segments(copy.Path)));
        Assert.NotEmpty(KafkaDumpTool.ComplaintsIn(await KafkaDumpTool.Indexes(copy.Path)));
    }
}
