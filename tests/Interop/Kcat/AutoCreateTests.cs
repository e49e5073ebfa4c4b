using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Xunit;

namespace Testbed.Tests.Interop;

/// <summary>Topics that are made because a client asks for them.</summary>
public sealed class AutoCreateTests
{
    private const int PartitionCount = 1000;
    private const int RecordCount = 1000;

    /// <summary>
    /// So many partitions take a while to open. A client that hears of a leader before has its requests
    /// refused, and those that it sends again overtake one another.
    /// </summary>
    [ClientFact(Clients.Kcat)]
    public async Task A_client_hears_of_a_leader_when_it_serves_and_not_before()
    {
        await using var broker = await BrokerProcess.Start($"num.partitions={PartitionCount}");
        var last = (PartitionCount - 1).ToString(CultureInfo.InvariantCulture);
        var lines = string.Concat(Enumerable.Range(0, RecordCount).Select(static i => $"{i}\n"));
        var wrote = await ClientProgram.Run(
            Clients.KcatCommand(
                broker,
                [
                    "-P", "-t", "wide", "-p", last, "-d", "msg",
                    "-X", "topic.metadata.refresh.fast.interval.ms=20", "-X", "batch.num.messages=10",
                ]),
            Encoding.UTF8.GetBytes(lines));
        Assert.DoesNotContain("encountered error", wrote.Succeeded(broker).Errors);

        var read = await ClientProgram.Run(Clients.KcatCommand(
            broker, "-C", "-t", "wide", "-p", last, "-o", "beginning", "-e", "-q"));
        Assert.Equal(lines, read.Succeeded(broker).Text);
    }
}
