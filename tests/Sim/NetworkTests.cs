using System;
using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Sim;
using Xunit;

namespace Testbed.Tests.Sim;

public class NetworkTests
{
    [Fact]
    public void Bytes_arrive_complete_and_in_order_however_they_are_cut()
    {
        for (ulong seed = 1; seed <= 30; seed++)
        {
            var pair = Pair.Connected(seed, bufferBytes: 1_000);
            var sent = new byte[100_000];
            new Prng(seed).Fill(sent);
            for (var start = 0; start < sent.Length; start += 12_500)
            {
                pair.Client.Send(sent.AsSpan(start, 12_500));
            }
            Assert.True(pair.World.RunForMs(10_000), $"seed {seed}: {pair.World.Violation}");
            Assert.True(sent.AsSpan().SequenceEqual(pair.Server.Received.ToArray()), $"seed {seed}");
            Assert.All(pair.Server.Pieces, count => Assert.InRange(count, 1, 1_000));
            Assert.Contains(pair.Server.Pieces, count => count < 20);
            Assert.Contains(pair.Server.Pieces, count => count == 1_000);
            Assert.Equal(0, pair.World.LeakedLeases());
        }
    }

    [Fact]
    public void The_network_may_be_told_not_to_cut()
    {
        var network = new NetworkOptions { SplitsOutOf8 = 0 };
        var pair = Pair.Connected(new WorldOptions { Seed = 4, Network = network });
        pair.Client.Send(new byte[4_000]);
        pair.World.RunForMs(1_000);
        Assert.Equal([4_000], pair.Server.Pieces);
    }

    [Fact]
    public void Both_sides_hear_of_each_other_and_know_whom_they_talk_to()
    {
        var pair = Pair.Connected(seed: 1);
        Assert.Equal(["opened"], pair.Server.Heard);
        Assert.Equal(["opened"], pair.Client.Heard);
        Assert.Equal(new NetworkAddress("n1", 9092), pair.Client.Connection!.Remote);
        Assert.Equal("n2", pair.Server.Connection!.Remote.Host);
        pair.Server.Send("hello");
        pair.World.RunForMs(1_000);
        Assert.Equal("hello", pair.Client.ReceivedText);
    }

    [Fact]
    public void Bytes_sent_at_once_upon_opening_follow_the_handshake()
    {
        var pair = Pair.New(seed: 1);
        pair.Client.Reaction = (peer, what) =>
        {
            if (what == "opened")
            {
                peer.Send("first");
            }
        };
        pair.Connect();
        pair.World.RunForMs(1_000);
        Assert.Equal("opened", pair.Server.Heard[0]);
        Assert.Equal("first", pair.Server.ReceivedText);
    }

    [Fact]
    public void Sending_never_calls_back_within_the_step_and_drains_once()
    {
        var pair = Pair.Connected(seed: 1);
        pair.Client.Send("one");
        pair.Client.Send("two");
        Assert.Equal(6, pair.Client.Connection!.UnsentBytes);
        Assert.Equal(0, pair.Client.DrainedCount);
        pair.World.RunForMs(1_000);
        Assert.Equal(1, pair.Client.DrainedCount);
        Assert.Equal("onetwo", pair.Server.ReceivedText);
        Assert.Equal(0, pair.Client.Connection.UnsentBytes);
    }

    [Fact]
    public void A_paused_reader_holds_the_sender_back()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var pair = Pair.Connected(seed);
            var sent = new byte[500_000];
            new Prng(seed).Fill(sent);
            pair.Server.Connection!.PauseReading();
            pair.Client.Send(sent);
            pair.World.RunForMs(30_000);
            var windowBytes = sent.Length - pair.Client.Connection!.UnsentBytes;
            Assert.Empty(pair.Server.Received);
            var options = pair.World.Options.Network;
            Assert.InRange(windowBytes, options.WindowBytesMin, options.WindowBytesMax);
            Assert.Equal(0, pair.Client.DrainedCount);

            pair.Server.Connection.ResumeReading();
            pair.World.RunForMs(30_000);
            Assert.True(sent.AsSpan().SequenceEqual(pair.Server.Received.ToArray()), $"seed {seed}");
            Assert.Equal((0L, 1), (pair.Client.Connection.UnsentBytes, pair.Client.DrainedCount));
        }
    }

    [Fact]
    public void Pausing_within_a_call_stops_the_very_next_piece()
    {
        var pair = Pair.Connected(seed: 1, bufferBytes: 10);
        pair.Server.Reaction = (peer, what) => peer.Connection!.PauseReading();
        pair.Client.Send(new byte[1_000]);
        pair.World.RunForMs(1_000);
        Assert.Single(pair.Server.Pieces);
    }

    [Fact]
    public void A_cut_swallows_and_healing_delivers_all_in_order()
    {
        var pair = Pair.Connected(seed: 1);
        pair.Client.Send("before ");
        pair.World.RunForMs(1_000);
        pair.World.Network.Cut(Pair.ClientId, Pair.ServerId);
        pair.Client.Send("during ");
        pair.Server.Send("the other way is open");
        pair.World.RunForMs(30_000);
        Assert.Equal("before ", pair.Server.ReceivedText);
        Assert.Equal("the other way is open", pair.Client.ReceivedText);
        pair.Client.Send("after");
        pair.World.Network.HealAll();
        pair.World.RunForMs(10_000);
        Assert.Equal("before during after", pair.Server.ReceivedText);
        Assert.Null(pair.Client.Closed);
    }

    [Fact]
    public void A_window_stays_used_while_acknowledgements_are_cut_off()
    {
        var pair = Pair.Connected(seed: 1);
        pair.World.Network.Cut(Pair.ServerId, Pair.ClientId);
        pair.Client.Send(new byte[500_000]);
        pair.World.RunForMs(60_000);
        Assert.InRange(pair.Server.Received.Count, 1, pair.World.Options.Network.WindowBytesMax);
        Assert.Equal(500_000, pair.Server.Received.Count + pair.Client.Connection!.UnsentBytes);
        pair.World.Network.HealAll();
        pair.World.RunForMs(60_000);
        Assert.Equal(500_000, pair.Server.Received.Count);
    }

    [Fact]
    public void A_connection_that_gets_nothing_across_is_given_up_in_the_end()
    {
        var pair = Pair.Connected(seed: 1);
        pair.World.Network.Cut(Pair.ClientId, Pair.ServerId);
        pair.Client.Send("lost");
        pair.World.RunForMs(890_000);
        Assert.Null(pair.Client.Closed);
        pair.World.RunForMs(30_000);
        Assert.Equal(CloseReason.Reset, pair.Client.Closed);
        pair.World.RunForMs(1_000_000);
        Assert.Null(pair.Server.Closed);
        Assert.Equal(0, pair.World.PendingEventCount);
    }

    [Fact]
    public void A_stall_holds_bytes_back_until_its_end()
    {
        var pair = Pair.Connected(seed: 1);
        var end = pair.World.Now.PlusMs(2_500);
        pair.World.Network.Stall(Pair.ClientId, Pair.ServerId, end);
        pair.Client.Send("late");
        pair.World.RunUntil(new Instant(end.Ticks - 1));
        Assert.Empty(pair.Server.Received);
        pair.World.RunForMs(1);
        Assert.Equal("late", pair.Server.ReceivedText);
    }

    [Fact]
    public void A_link_may_have_a_delay_of_its_own_one_way()
    {
        var pair = Pair.Connected(seed: 1);
        pair.World.Network.SetDelay(Pair.ClientId, Pair.ServerId, new Delay(MinTicks: 3_000_000));
        pair.Client.Send("slow");
        pair.Server.Send("fast");
        pair.World.RunForMs(299);
        Assert.Equal(("fast", ""), (pair.Client.ReceivedText, pair.Server.ReceivedText));
        pair.World.RunForMs(10);
        Assert.Equal("slow", pair.Server.ReceivedText);
    }

    [Fact]
    public void After_a_process_crash_the_peer_soon_hears_of_a_close_or_a_reset()
    {
        var reasons = new SortedSet<CloseReason>();
        for (ulong seed = 1; seed <= 40; seed++)
        {
            var pair = Pair.Connected(seed);
            pair.Server.Send("last words");
            pair.World.RunForMs(0);
            pair.World.Crash(Pair.ServerId, CrashKind.Process);
            pair.World.RunForMs(1_000);
            Assert.NotNull(pair.Client.Closed);
            Assert.Equal($"closed:{pair.Client.Closed}", pair.Client.Heard[^1]);
            Assert.True(pair.Client.Closed != CloseReason.Remote || pair.Client.ReceivedText == "last words");
            reasons.Add(pair.Client.Closed.Value);
        }
        Assert.Equal([CloseReason.Remote, CloseReason.Reset], reasons);
    }

    [Fact]
    public void A_power_cut_leaves_the_peer_half_open_until_it_sends_to_the_restarted_machine()
    {
        var pair = Pair.Connected(seed: 1);
        pair.World.Crash(Pair.ServerId, CrashKind.PowerCut);
        pair.World.RunForMs(100_000);
        Assert.Null(pair.Client.Closed);
        pair.Client.Send("anybody there?");
        pair.World.RunForMs(100_000);
        Assert.Null(pair.Client.Closed);
        pair.World.Restart(Pair.ServerId);
        pair.World.RunForMs(10_000);
        Assert.Equal(CloseReason.Reset, pair.Client.Closed);
        Assert.Empty(pair.Server.Received);
    }

    [Fact]
    public void A_peer_that_only_listens_never_hears_of_a_power_cut()
    {
        var pair = Pair.Connected(seed: 1);
        pair.World.Crash(Pair.ServerId, CrashKind.PowerCut);
        pair.World.Restart(Pair.ServerId);
        pair.World.RunForMs(10_000_000);
        Assert.Equal(["opened"], pair.Client.Heard);
    }

    [Fact]
    public void Closing_tells_this_side_with_its_reason_and_the_other_side_after_the_last_byte()
    {
        var flushedCount = 0;
        for (ulong seed = 1; seed <= 40; seed++)
        {
            var pair = Pair.Connected(seed);
            pair.Client.Send("goodbye");
            pair.Client.Connection!.Close(CloseReason.Local);
            Assert.Equal(["opened"], pair.Client.Heard);
            pair.World.RunForMs(2_000);
            Assert.Equal("closed:Local", pair.Client.Heard[^1]);
            Assert.Equal("closed:Remote", pair.Server.Heard[^1]);
            Assert.Contains(pair.Server.ReceivedText, new[] { "", "goodbye" });
            flushedCount += pair.Server.Received.Count > 0 ? 1 : 0;
            Assert.Equal(0, pair.World.LeakedLeases());
        }
        Assert.InRange(flushedCount, 1, 39);
    }

    [Fact]
    public void Closed_is_the_last_call_and_comes_once_whatever_is_asked_meanwhile()
    {
        for (ulong seed = 1; seed <= 40; seed++)
        {
            var pair = Pair.Connected(seed, bufferBytes: 64);
            pair.Client.Reaction = CloseAfterSecondPiece;
            pair.Server.Send(new byte[5_000]);
            pair.World.RunForMs(2_000);
            Assert.Equal(CloseReason.Malformed, pair.Client.Closed);
            Assert.Equal("closed:Malformed", pair.Client.Heard[^1]);
            Assert.Single(pair.Client.Heard, what => what.StartsWith("closed", StringComparison.Ordinal));
            Assert.Equal(2, pair.Client.Pieces.Count);
            Assert.NotNull(pair.Server.Closed);
            pair.Client.Send("nobody sends this");
            pair.Client.Connection!.Close(CloseReason.Local);
            pair.World.RunForMs(2_000);
            Assert.Equal(0, pair.World.LeakedLeases());
            Assert.Equal(CloseReason.Malformed, pair.Client.Closed);
        }

        static void CloseAfterSecondPiece(Peer peer, string what)
        {
            if (peer.Pieces.Count == 2 && what == "received")
            {
                peer.Connection!.Close(CloseReason.Local);
                peer.Connection.Close(CloseReason.Malformed);
                peer.Connection.ResumeReading();
                peer.Send("too late");
            }
        }
    }

    [Fact]
    public void Sending_to_a_side_that_has_closed_breaks_the_connection()
    {
        var pair = Pair.Connected(seed: 1);
        pair.Server.Connection!.PauseReading();
        pair.Client.Connection!.Close(CloseReason.Local);
        pair.World.RunForMs(1_000);
        Assert.Null(pair.Server.Closed);
        pair.Server.Send("are you there?");
        pair.World.RunForMs(1_000);
        Assert.Equal(CloseReason.Reset, pair.Server.Closed);
        Assert.Equal(0, pair.World.PendingEventCount);
    }

    [Fact]
    public void Connections_between_two_nodes_can_be_reset()
    {
        var pair = Pair.Connected(seed: 1);
        pair.Client.Send(new byte[300_000]);
        Assert.Equal(1, pair.World.Network.ResetConnections(Pair.ServerId, Pair.ClientId));
        pair.World.RunForMs(1_000);
        Assert.Equal((CloseReason.Reset, CloseReason.Reset), (pair.Client.Closed, pair.Server.Closed));
        Assert.Equal(0, pair.World.LeakedLeases());
        Assert.Equal(0, pair.World.Network.ResetConnections(Pair.ServerId, Pair.ClientId));
    }

    [Fact]
    public void Leases_are_released_when_their_bytes_have_left()
    {
        var pair = Pair.Connected(seed: 1);
        pair.Server.Connection!.PauseReading();
        var shard = pair.Client.Shard;
        var lease = shard.Buffers.Rent(300_000);
        pair.Client.Connection!.Send(lease.Retain(), 0, 300_000);
        pair.World.RunForMs(1_000);
        Assert.Equal((1, 0), (shard.Buffers.OutstandingCount, pair.World.LeakedLeases()));
        lease.Release();
        Assert.Equal(1, shard.Buffers.OutstandingCount);
        pair.Server.Connection.ResumeReading();
        pair.World.RunForMs(10_000);
        Assert.Equal(0, shard.Buffers.OutstandingCount);
    }

    [Fact]
    public void Port_zero_takes_a_free_port_and_a_taken_one_is_refused()
    {
        var pair = Pair.New(seed: 1);
        var network = pair.Server.Shard.Network;
        var first = network.Listen(new NetworkAddress("n1", 0), pair.Server);
        var second = network.Listen(new NetworkAddress("", 0), pair.Server);
        Assert.Equal(ListenStatus.Listening, first.Status);
        Assert.NotEqual(first.Port, second.Port);
        var taken = network.Listen(new NetworkAddress("", 9092), pair.Server);
        Assert.Equal(ListenStatus.AddressInUse, taken.Status);
        Assert.Equal(
            ListenStatus.AddressUnavailable, network.Listen(new NetworkAddress("n2", 1), pair.Server).Status);
    }

    [Fact]
    public void A_node_connects_to_itself()
    {
        var world = new World(seed: 1);
        Peer? peer = null;
        world.AddNode(new NodeId(5), shard =>
        {
            peer = new Peer(shard);
            var server = new BusyServer(shard);
            shard.Network.Connect(new NetworkAddress("localhost", 9092), peer, 0, Instant.Never);
        });
        world.RunForMs(1_000);
        peer!.Send("echo");
        world.RunForMs(1_000);
        Assert.Equal("echo", peer.ReceivedText);
    }

    [Fact]
    public void Delays_of_one_connection_do_not_depend_on_what_others_do()
    {
        Assert.Equal(ArrivalTicks(busyNeighbour: false), ArrivalTicks(busyNeighbour: true));
    }

    private static long ArrivalTicks(bool busyNeighbour)
    {
        var pair = Pair.New(seed: 6);
        if (busyNeighbour)
        {
            pair.World.AddNode(new NodeId(8), shard => _ = new BusyServer(shard));
            pair.World.AddNode(new NodeId(9), shard => shard.Network.Connect(
                new NetworkAddress("n8", 9092), new Peer(shard) { Reaction = Chatter }, 0, Instant.Never));
        }
        pair.Connect();
        pair.World.RunForMs(1_000);
        pair.Client.Send("measured");
        pair.World.RunWhile(() => pair.Server.Received.Count < 8, pair.World.Now.PlusMs(1_000));
        return pair.World.Now.Ticks;

        static void Chatter(Peer peer, string what)
        {
            if (what != "drained")
            {
                peer.Send("x");
            }
        }
    }
}
