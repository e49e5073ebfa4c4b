using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using Testbed.Foundation;
using Xunit;

namespace Testbed.Tests.Net;

/// <summary>Listening and accepting.</summary>
public sealed class ListenTests
{
    public static TheoryData<bool> AllWorlds => Worlds.All;

    [Fact]
    public async Task A_port_in_use_is_a_value()
    {
        await using var shard = new TestShard();
        await using var other = new TestShard();
        var port = await shard.Listen(new PlainHost());
        Assert.Equal(new ListenResult(ListenStatus.AddressInUse, 0), await Listen(other, "127.0.0.1", port));
        Assert.Equal(new ListenResult(ListenStatus.AddressInUse, 0), await Listen(shard, "127.0.0.1", port));
    }

    [Theory]
    [InlineData("192.0.2.1")]               // TEST-NET-1, RFC 5737: nobody's address
    [InlineData("no-such-host.invalid")]    // RFC 2606
    public async Task An_address_of_another_machine_is_a_value(string host)
    {
        await using var shard = new TestShard();
        Assert.Equal(new ListenResult(ListenStatus.AddressUnavailable, 0), await Listen(shard, host, 0));
    }

    [UnprivilegedFact]
    public async Task A_port_of_the_system_is_a_value()
    {
        await using var shard = new TestShard();
        Assert.Equal(new ListenResult(ListenStatus.PermissionDenied, 0), await Listen(shard, "127.0.0.1", 1));
    }

    [Fact]
    public async Task No_host_means_every_interface_of_both_families()
    {
        await using var shard = new TestShard();
        var echo = await shard.Run(s => new EchoHost(s));
        var listening = await shard.Run(s => s.Network.Listen(new NetworkAddress("", 0), echo));
        Assert.Equal(ListenStatus.Listening, listening.Status);
        AssertEchoes(new IPEndPoint(IPAddress.Loopback, listening.Port));
        if (Socket.OSSupportsIPv6)
        {
            AssertEchoes(new IPEndPoint(IPAddress.IPv6Loopback, listening.Port));
        }
        var remote = await shard.Run(_ => echo.Sinks[0].Connection.Remote.Host);
        Assert.Equal("127.0.0.1", remote);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    public async Task Names_and_numbers_are_addresses(string host)
    {
        await using var shard = new TestShard();
        var echo = await shard.Run(s => new EchoHost(s));
        var listening = await shard.Run(s => s.Network.Listen(new NetworkAddress(host, 0), echo));
        AssertEchoes(new IPEndPoint(IPAddress.Loopback, listening.Port));
    }

    [Theory]
    [MemberData(nameof(AllWorlds))]
    public async Task A_restarted_node_gets_its_port_back_at_once(bool portable)
    {
        var port = 0;
        for (var i = 0; i < 3; i++)
        {
            await using var shard = new TestShard(portable);
            var accepted = new PlainHost();
            var at = new NetworkAddress("127.0.0.1", port);
            var listening = await shard.Run(s => s.Network.Listen(at, accepted));
            Assert.Equal(ListenStatus.Listening, listening.Status);
            port = listening.Port;

            // This side closes first, so that its address rests in TIME-WAIT.
            using var peer = new Peer(port);
            var connection = await Deadline.Of(accepted.Opened);
            await shard.Run(_ => connection.Close(CloseReason.Local));
            Assert.True(peer.EndsCleanly());
        }
    }

    [Fact]
    public async Task Accepting_rests_while_no_descriptor_is_left()
    {
        using var child = new ChildProcess("run-out-of-descriptors");
        var (exitCode, output) = await child.Finish();
        Assert.True(exitCode == 0, output);
    }

    private static Task<ListenResult> Listen(TestShard shard, string host, int port) =>
        shard.Run(s => s.Network.Listen(new NetworkAddress(host, port), new PlainHost()));

    private static void AssertEchoes(IPEndPoint at)
    {
        using var socket = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.ReceiveTimeout = (int)Deadline.Limit.TotalMilliseconds;
        socket.Connect(at);
        socket.Send([42]);
        var answer = new byte[1];
        Assert.Equal(1, socket.Receive(answer));
        Assert.Equal(42, answer[0]);
    }
}
