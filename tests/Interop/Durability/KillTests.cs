using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Testbed.Tests.Interop;

/// <summary>What a client was told it keeps: acknowledged records outlive the process.</summary>
public sealed class KillTests
{
    private const int KillCount = 5;
    private const int AcknowledgedBetween = 500;

    [ClientTheory(Clients.ConfluentPython, Clients.Kcat)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_acknowledged_is_missing_after_five_kills(bool isIdempotent)
    {
        await using var broker = await BrokerProcess.Start($"num.partitions={BrokerFixture.PartitionCount}");
        await using var producer = new BusyProducer(broker, "killed", isIdempotent);
        for (var i = 0; i < KillCount; i++)
        {
            await producer.GetsAcknowledged(AcknowledgedBetween);
            await broker.Kill();
            await broker.Restart();
        }
        await producer.GetsAcknowledged(AcknowledgedBetween);

        foreach (var numbers in await producer.FindsEverything())
        {
            // Retries may write twice, unless the producer is idempotent: then once, and in order.
            Assert.True(!isIdempotent || numbers.SequenceEqual(numbers.Order().Distinct()));
        }
    }
}
