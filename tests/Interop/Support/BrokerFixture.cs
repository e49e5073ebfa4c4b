using System.Threading.Tasks;
using Xunit;

namespace Testbed.Tests.Interop;

/// <summary>One broker for the tests of a class; each test uses topics of its own.</summary>
public sealed class BrokerFixture : IAsyncLifetime
{
    /// <summary>Topics that clients make by asking for them get this many partitions.</summary>
    public const int PartitionCount = 4;

    internal BrokerProcess Broker { get; private set; } = null!;

    public async Task InitializeAsync() =>
        Broker = await BrokerProcess.Start($"num.partitions={PartitionCount}");

    public async Task DisposeAsync() => await Broker.DisposeAsync();
}
