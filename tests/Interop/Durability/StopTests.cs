using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Testbed.Tests.Interop;

/// <summary>A broker that is asked to stop, while clients have requests with it.</summary>
public sealed class StopTests
{
    /// <summary>
    /// Far more than it takes, for a machine that has much else to do, and less than what supervisors wait.
    /// </summary>
    private static readonly TimeSpan Promptly = TimeSpan.FromSeconds(8);

    [Fact]
    public async Task An_idle_broker_stops_with_zero_at_once()
    {
        await using var broker = await BrokerProcess.Start();
        var (exitCode, took) = await broker.Stop();
        Assert.Equal(0, exitCode);
        Assert.InRange(took, TimeSpan.Zero, Promptly);
    }

    [ClientFact(Clients.ConfluentPython, Clients.Kcat)]
    public async Task A_busy_broker_stops_with_zero_at_once_and_goes_on_where_it_was()
    {
        await using var broker = await BrokerProcess.Start($"num.partitions={BrokerFixture.PartitionCount}");
        var cluster = broker.ClusterId;
        await using var producer = new BusyProducer(broker, "stopped", isIdempotent: true);
        await producer.GetsAcknowledged(1);
        // A consumer at the end of the topic always has a request with the broker that waits for records.
        await using var consumer = ChildProcess.Start(Clients.KcatCommand(
            broker, "-C", "-t", "stopped", "-o", "beginning", "-u", "-X", "fetch.wait.max.ms=60000"));
        Assert.True(await consumer.Prints(1000, TimeSpan.FromSeconds(60)), consumer.ErrorText);

        var (exitCode, took) = await broker.Stop();
        Assert.Equal(0, exitCode);
        Assert.InRange(took, TimeSpan.Zero, Promptly);

        await broker.Restart();
        Assert.Equal(cluster, broker.ClusterId);
        await producer.GetsAcknowledged(2000);
        var numbers = await producer.FindsEverything();
        Assert.All(numbers, static one => Assert.True(one.SequenceEqual(one.Order().Distinct())));
    }
}
