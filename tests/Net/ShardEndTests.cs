using System;
using System.Threading.Tasks;
using Testbed.Foundation;
using Testbed.Net;
using Xunit;

namespace Testbed.Tests.Net;

/// <summary>How a shard ends, and what it leaves undone.</summary>
public sealed class ShardEndTests
{
    private static readonly NetworkAddress AnyPort = new("127.0.0.1", 0);

    public static TheoryData<bool> AllWorlds => Worlds.All;

    [Theory]
    [MemberData(nameof(AllWorlds))]
    public async Task A_stopped_shard_ends_without_an_error_and_closes_its_connections(bool portable)
    {
        var host = NewHost(portable);
        var listening = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var accepted = new PlainHost();
        host.Start(s => listening.SetResult(s.Network.Listen(AnyPort, accepted).Port));
        using var peer = new Peer(await Deadline.Of(listening.Task));
        await Deadline.Of(accepted.Opened);
        host.Stop();
        host.Stop();
        Assert.Null(await Deadline.Of(host.Completion));
        Assert.True(peer.EndsCleanly());
        Assert.False(accepted.Closed.IsCompleted);
        host.Post(() => Assert.Fail("a dead shard runs nothing"));
        host.Stop();
    }

    [Theory]
    [MemberData(nameof(AllWorlds))]
    public async Task An_exception_in_a_unit_of_work_ends_the_shard_and_is_told(bool portable)
    {
        var host = NewHost(portable);
        var ranAfterwards = false;
        host.Start(s =>
        {
            s.Post(new Bomb(), 0);
            s.Post(new Flag(() => ranAfterwards = true), 0);
            s.SetTimer(s.Now, new Flag(() => ranAfterwards = true), 0);
        });
        var error = await Deadline.Of(host.Completion);
        Assert.IsType<InvalidTimeZoneException>(error);
        Assert.False(ranAfterwards);
    }

    [Fact]
    public async Task A_failed_boot_ends_the_shard()
    {
        var host = NewHost(portable: false);
        host.Start(_ => Invariant.Assert(Environment.ProcessId < 0));
        Assert.IsType<InvariantException>(await Deadline.Of(host.Completion));
    }

    [Fact]
    public async Task An_exception_in_a_workflow_nobody_awaits_ends_the_shard()
    {
        var host = NewHost(portable: false);
        host.Start(s => _ = Fail(s));
        Assert.IsType<InvalidTimeZoneException>(await Deadline.Of(host.Completion));
    }

    [Fact]
    public async Task An_exception_in_a_sink_ends_the_shard_and_with_it_all_connections()
    {
        var host = NewHost(portable: false);
        var listening = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Start(s => listening.SetResult(s.Network.Listen(AnyPort, new Trap()).Port));
        using var bystander = new Peer(await Deadline.Of(listening.Task));
        using var peer = new Peer(await Deadline.Of(listening.Task));
        peer.Send([1]);
        Assert.IsType<InvalidTimeZoneException>(await Deadline.Of(host.Completion));
        Assert.True(bystander.EndsCleanly());
    }

    [Fact]
    public async Task A_shard_stopped_before_its_start_boots_and_ends()
    {
        var host = NewHost(portable: false);
        host.Stop();
        host.Start(_ => { });
        Assert.Null(await Deadline.Of(host.Completion));
    }

    private static ShardHost NewHost(bool portable) =>
        new(new ShardOptions { Id = new ShardId(new NodeId(3), 0), Portable = portable });

    private static async EngineTask Fail(IShard shard)
    {
        await shard.Delay(1);
        throw new InvalidTimeZoneException();
    }

    private sealed class Bomb : IWork
    {
        public void Run(long token) => throw new InvalidTimeZoneException();
    }

    private sealed class Flag(Action raise) : IWork
    {
        public void Run(long token) => raise();
    }

    private sealed class Trap : IConnectionHost, IConnectionSink
    {
        private readonly byte[] _buffer = new byte[10];

        public IConnectionSink OnOpened(IConnection connection, long token) => this;

        public void OnConnectFailed(long token, CloseReason reason) => Invariant.Assert(false);

        public Memory<byte> ReceiveBuffer() => _buffer;

        public void OnReceived(int count) => throw new InvalidTimeZoneException();

        public void OnDrained() => Invariant.Assert(false);

        public void OnClosed(CloseReason reason) => Invariant.Assert(false);
    }
}
