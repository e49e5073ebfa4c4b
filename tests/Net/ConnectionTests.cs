using System.Net.Sockets;
using System.Threading.Tasks;
using Testbed.Foundation;
using Xunit;

namespace Testbed.Tests.Net;

/// <summary>One connection: back-pressure and the ways it ends.</summary>
public sealed class ConnectionTests
{
    private const int Megabyte = 1024 * 1024;
    private const long IdleNanosecondsMax = 100_000_000;    // a loop that spins uses all there is

    public static TheoryData<bool> AllWorlds => Worlds.All;

    [Theory]
    [MemberData(nameof(AllWorlds))]
    public async Task A_peer_that_does_not_read_is_not_read_from(bool portable)
    {
        await using var shard = new TestShard(portable);
        var echo = await shard.Run(s => new EchoHost(s, bufferBytes: 8192, unsentMax: 64 * 1024));
        using var peer = new Peer(await shard.Listen(echo), receiveBufferBytes: 16 * 1024);
        var stream = new byte[24 * Megabyte];
        new Prng(3).Fill(stream);
        var sending = Task.Run(() => peer.Send(stream));

        // Reading begins only once the shard has held the peer back, and rests until it has done so again.
        await shard.Until(() => echo.Sinks.Count > 0 && echo.Sinks[0].Pauses > 0);
        Assert.False(sending.IsCompleted);
        var held = await shard.Run(_ => echo.Sinks[0].Pauses);
        Assert.Equal(stream[..(8 * Megabyte)], peer.Receive(8 * Megabyte));
        await shard.Until(() => echo.Sinks[0].Pauses > held);
        Assert.False(sending.IsCompleted);
        Assert.Equal(stream[(8 * Megabyte)..], peer.Receive(16 * Megabyte));
        await Deadline.Of(sending);
        Assert.InRange(await shard.Run(_ => echo.Sinks[0].UnsentPeak), 1, 64 * 1024 + 8192);
    }

    [Theory]
    [MemberData(nameof(AllWorlds))]
    public async Task Nothing_is_received_while_reading_is_paused(bool portable)
    {
        await using var shard = new TestShard(portable);
        var host = new PlainHost();
        using var peer = new Peer(await shard.Listen(host));
        var connection = await Deadline.Of(host.Opened);
        await shard.Run(_ => connection.PauseReading());
        peer.Send(new byte[100_000]);
        var before = await shard.Run(_ => NativeCalls.ThreadNanoseconds());
        await shard.Rest(200);
        Assert.Equal(0, await shard.Run(_ => host.ReceivedBytes));
        Assert.InRange(await shard.Run(_ => NativeCalls.ThreadNanoseconds()) - before, 0, IdleNanosecondsMax);
        await shard.Run(_ => connection.ResumeReading());
        await shard.Until(() => host.ReceivedBytes == 100_000);
    }

    [Theory]
    [MemberData(nameof(AllWorlds))]
    public async Task A_peer_that_only_shuts_its_sending_side_gets_what_waits_for_it(bool portable)
    {
        await using var shard = new TestShard(portable);
        var echo = await shard.Run(s => new EchoHost(s, unsentMax: 8 * Megabyte));
        using var peer = new Peer(await shard.Listen(echo), receiveBufferBytes: 16 * 1024);
        var stream = new byte[4 * Megabyte];
        new Prng(4).Fill(stream);
        peer.Send(stream);
        peer.Socket.Shutdown(SocketShutdown.Send);
        Assert.Equal(stream, peer.Receive(stream.Length));
        Assert.True(peer.EndsCleanly());
        Assert.Equal(CloseReason.Remote, await Deadline.Of(echo.Sinks[0].Closed));
    }

    [Theory]
    [MemberData(nameof(AllWorlds))]
    public async Task A_peer_that_stops_sending_and_reading_is_given_up(bool portable)
    {
        await using var shard = new TestShard(portable);
        var echo = await shard.Run(s => new EchoHost(s, unsentMax: 32 * Megabyte));
        using var peer = new Peer(await shard.Listen(echo), receiveBufferBytes: 16 * 1024);
        peer.Send(new byte[16 * Megabyte]);
        peer.Socket.Shutdown(SocketShutdown.Send);
        await shard.Until(() => echo.Sinks.Count > 0 && echo.Sinks[0].Connection.UnsentBytes > 8 * Megabyte);
        var before = await shard.Run(_ => NativeCalls.ThreadNanoseconds());
        Assert.Equal(CloseReason.Remote, await Deadline.Of(echo.Sinks[0].Closed));
        Assert.InRange(await shard.Run(_ => NativeCalls.ThreadNanoseconds()) - before, 0, IdleNanosecondsMax);
        Assert.Equal(0, await shard.Run(s => s.Buffers.OutstandingCount));
    }

    [Theory]
    [MemberData(nameof(AllWorlds))]
    public async Task The_end_of_the_peers_stream_closes_the_connection(bool portable)
    {
        await using var shard = new TestShard(portable);
        var host = new PlainHost();
        using var peer = new Peer(await shard.Listen(host));
        peer.Send([1, 2]);
        peer.Dispose();
        Assert.Equal(CloseReason.Remote, await Deadline.Of(host.Closed));
        Assert.Equal(2, host.ReceivedBytes);
    }

    [Theory]
    [MemberData(nameof(AllWorlds))]
    public async Task A_reset_closes_the_connection_even_while_reading_is_paused(bool portable)
    {
        await using var shard = new TestShard(portable);
        var hosts = new[] { new PlainHost(), new PlainHost() };
        foreach (var host in hosts)
        {
            using var peer = new Peer(await shard.Listen(host));
            var connection = await Deadline.Of(host.Opened);
            if (host == hosts[1])
            {
                await shard.Run(_ => connection.PauseReading());
                peer.Send([1]);
            }
            peer.Reset();
            Assert.Equal(CloseReason.Reset, await Deadline.Of(host.Closed));
        }
    }

    [Theory]
    [InlineData(CloseReason.Local, true)]
    [InlineData(CloseReason.Malformed, true)]
    [InlineData(CloseReason.Reset, false)]
    public async Task Closing_is_told_once_with_its_first_reason_and_never_within_the_call(
        CloseReason reason, bool isClean)
    {
        await using var shard = new TestShard();
        var host = new PlainHost();
        using var peer = new Peer(await shard.Listen(host));
        var connection = await Deadline.Of(host.Opened);
        await shard.Run(_ =>
        {
            connection.Close(reason);
            connection.Close(CloseReason.Timeout);
            Assert.False(host.Closed.IsCompleted);
        });
        Assert.Equal(reason, await Deadline.Of(host.Closed));
        Assert.Equal(isClean, peer.EndsCleanly());
    }

    [Fact]
    public async Task Answers_sent_just_before_closing_still_leave()
    {
        await using var shard = new TestShard();
        var host = new PlainHost();
        using var peer = new Peer(await shard.Listen(host));
        var connection = await Deadline.Of(host.Opened);
        await shard.Run(s =>
        {
            var lease = s.Buffers.Rent(3);
            lease.Span[..3].Fill(4);
            connection.Send(lease, 0, 3);
            connection.Close(CloseReason.Local);
        });
        Assert.Equal([4, 4, 4], peer.Receive(3));
        Assert.True(peer.EndsCleanly());
    }

    [Fact]
    public async Task A_closed_connection_takes_leases_and_gives_them_back()
    {
        await using var shard = new TestShard();
        var host = new PlainHost();
        using var peer = new Peer(await shard.Listen(host));
        var connection = await Deadline.Of(host.Opened);
        await shard.Run(s =>
        {
            connection.Close(CloseReason.Local);
            connection.Send(s.Buffers.Rent(10), 0, 10);
            connection.PauseReading();
            connection.ResumeReading();
            Assert.Equal(0, connection.UnsentBytes);
            Assert.Equal(0, s.Buffers.OutstandingCount);
        });
        await Deadline.Of(host.Closed);
    }
}
