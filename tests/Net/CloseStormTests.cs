using System.Collections.Generic;
using System.Net.Sockets;
using System.Threading.Tasks;
using Testbed.Foundation;
using Xunit;
using Xunit.Abstractions;

namespace Testbed.Tests.Net;

/// <summary>Connections that come and go from both sides while bytes are under way.</summary>
public sealed class CloseStormTests(ITestOutputHelper output)
{
    private const int Connections = 1_000;
    private const int Clients = 4;

    public static TheoryData<bool> AllWorlds => Worlds.All;

    [Theory]
    [MemberData(nameof(AllWorlds))]
    public async Task Every_connection_is_closed_once_and_nothing_leaks(bool portable)
    {
        await using var shard = new TestShard(portable);
        var host = await shard.Run(s => new StormHost(s, new Prng(99)));
        var port = await shard.Listen(host);
        var clients = new Task[Clients];
        for (var i = 0; i < Clients; i++)
        {
            var seed = (ulong)i;
            clients[i] = Task.Factory.StartNew(() => Storm(port, seed), TaskCreationOptions.LongRunning);
        }
        await Deadline.Of(Task.WhenAll(clients));

        // One more, so that all before it have been accepted.
        using var last = new Peer(port);
        last.Send([0]);
        await shard.Until(() => host.Open == 0 || (host.Open == 1 && host.IsQuiet));
        last.Dispose();
        await shard.Until(() => host.Open == 0);
        Assert.InRange(host.Opened, Connections, Connections + 1);
        Assert.Equal(0, await shard.Run(s => s.Buffers.OutstandingCount));
        output.WriteLine($"{host.Opened} opened; closed: {string.Join(", ", host.ClosedBy)}");
        Assert.True(host.ClosedBy.Count >= 3);
    }

    private static void Storm(int port, ulong seed)
    {
        var chance = new Prng(seed);
        var open = new List<Peer>();
        for (var opened = 0; opened < Connections / Clients || open.Count > 0;)
        {
            if (opened < Connections / Clients && (open.Count == 0 || chance.Chance(1, 3)))
            {
                open.Add(new Peer(port));
                opened++;
                continue;
            }
            var at = chance.Below(open.Count);
            if (!TryAct(open[at], chance))
            {
                open[at].Dispose();
                open.RemoveAt(at);
            }
        }
    }

    /// <summary>False when this connection is over.</summary>
    private static bool TryAct(Peer peer, Prng chance)
    {
        try
        {
            switch (chance.Below(6))
            {
                case 0:
                    peer.Reset();
                    return false;
                case 1:
                    return false;
                case 2:
                    peer.Socket.Shutdown(SocketShutdown.Send);
                    peer.Socket.Poll(1_000, SelectMode.SelectRead);
                    return false;
                case 3:
                    return peer.Socket.Available == 0 || peer.Socket.Receive(new byte[5_000]) > 0;
                default:
                    return peer.Socket.Send(new byte[chance.Between(1, 3_000)]) > 0;
            }
        }
        catch (SocketException)
        {
            return false;    // closed by the other side
        }
    }
}
