using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using Testbed.Foundation;
using Xunit;

namespace Testbed.Tests.Net;

/// <summary>Connections that the shard asks for.</summary>
public sealed class ConnectTests
{
    public static TheoryData<bool> AllWorlds => Worlds.All;

    [Theory]
    [MemberData(nameof(AllWorlds))]
    public async Task Two_shards_talk(bool portable)
    {
        await using var server = new TestShard(portable);
        await using var client = new TestShard(portable);
        var port = await server.Listen(await server.Run(s => new EchoHost(s)));
        var host = new PlainHost();
        await Connect(client, host, "127.0.0.1", port, token: 77);
        var connection = await Deadline.Of(host.Opened);
        Assert.Equal(77, host.Token);
        Assert.Equal(new NetworkAddress("127.0.0.1", port), connection.Remote);
        await client.Run(s => connection.Send(s.Buffers.Rent(1000), 0, 1000));
        await client.Until(() => host.ReceivedBytes == 1000);
        await client.Run(_ => connection.Close(CloseReason.Local));
        Assert.Equal(CloseReason.Local, await Deadline.Of(host.Closed));
    }

    [Theory]
    [MemberData(nameof(AllWorlds))]
    public async Task A_name_is_looked_up_and_its_addresses_are_tried_until_one_answers(bool portable)
    {
        await using var server = new TestShard(portable);
        var port = await server.Listen(await server.Run(s => new EchoHost(s)));
        var host = new PlainHost();
        await Connect(server, host, "localhost", port);
        await Deadline.Of(host.Opened);
    }

    [Theory]
    [MemberData(nameof(AllWorlds))]
    public async Task A_port_nobody_listens_on_refuses(bool portable)
    {
        await using var shard = new TestShard(portable);
        var host = new PlainHost();
        await Connect(shard, host, "127.0.0.1", FreePort(), token: 5);
        Assert.Equal(CloseReason.Refused, await Deadline.Of(host.Failed));
        Assert.Equal(5, host.Token);
    }

    [Fact]
    public async Task An_unknown_name_is_unreachable()
    {
        await using var shard = new TestShard();
        var host = new PlainHost();
        await Connect(shard, host, "no-such-host.invalid", 9092);
        Assert.Equal(CloseReason.Unreachable, await Deadline.Of(host.Failed));
    }

    [Theory]
    [MemberData(nameof(AllWorlds))]
    public async Task A_silent_address_costs_no_more_than_the_deadline(bool portable)
    {
        using var silent = new SilentListener();
        await using var shard = new TestShard(portable);
        var host = new PlainHost();
        var began = await shard.Run(s => s.Now);
        await Connect(shard, host, "127.0.0.1", silent.Port, token: 9, withinMs: 100);
        Assert.Equal(CloseReason.Timeout, await Deadline.Of(host.Failed));
        var tookMs = await shard.Run(s => s.Now.MsSince(began));
        Assert.InRange(tookMs, 100, 20_000);
    }

    [Fact]
    public async Task A_deadline_in_the_past_is_a_timeout()
    {
        using var silent = new SilentListener();
        await using var shard = new TestShard();
        var host = new PlainHost();
        await Connect(shard, host, "127.0.0.1", silent.Port, withinMs: -5);
        Assert.Equal(CloseReason.Timeout, await Deadline.Of(host.Failed));
    }

    private static Task Connect(
        TestShard shard, PlainHost host, string name, int port, long token = 0, long withinMs = 30_000) =>
        shard.Run(s =>
        {
            s.Network.Connect(new NetworkAddress(name, port), host, token, s.Now.PlusMs(withinMs));
            Assert.False(host.Opened.IsCompleted || host.Failed.IsCompleted);    // never within the call
        });

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>Its queue is full and never emptied: Linux lets further connects go unanswered.</summary>
    private sealed class SilentListener : IDisposable
    {
        private readonly Socket _listener =
            new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly List<Socket> _waiting = [];

        public SilentListener()
        {
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _listener.Listen(1);
            for (var i = 0; i < 8; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Blocking = false;
                Assert.Throws<SocketException>(() => socket.Connect(_listener.LocalEndPoint!));
                _waiting.Add(socket);
            }
        }

        public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

        public void Dispose()
        {
            _waiting.ForEach(socket => socket.Dispose());
            _listener.Dispose();
        }
    }
}
