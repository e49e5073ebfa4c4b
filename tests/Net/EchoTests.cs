using System;
using System.Threading.Tasks;
using Testbed.Foundation;
using Xunit;

namespace Testbed.Tests.Net;

/// <summary>Streams of bytes through a shard and back.</summary>
public sealed class EchoTests
{
    public static TheoryData<bool> AllWorlds => Worlds.All;

    [Theory]
    [MemberData(nameof(AllWorlds))]
    public async Task Every_byte_comes_back_in_order_however_the_stream_is_cut(bool portable)
    {
        await using var shard = new TestShard(portable);
        var echo = await shard.Run(s => new EchoHost(s, bufferBytes: 1000));
        var port = await shard.Listen(echo);
        var streams = new Task[40];
        for (var i = 0; i < streams.Length; i++)
        {
            var seed = (ulong)i;
            streams[i] = Task.Run(() => SendAndCheck(port, seed, totalBytes: 200_000));
        }
        await Deadline.Of(Task.WhenAll(streams));
    }

    [Theory]
    [MemberData(nameof(AllWorlds))]
    public async Task Requests_sent_ahead_are_answered_in_order(bool portable)
    {
        await using var shard = new TestShard(portable);
        var echo = await shard.Run(s => new EchoHost(s, bufferBytes: 64));
        using var peer = new Peer(await shard.Listen(echo));
        var stream = new byte[64 * 1024];
        new Prng(5).Fill(stream);
        peer.Send(stream);
        Assert.Equal(stream, peer.Receive(stream.Length));
        var received = await shard.Run(_ => echo.Sinks[0].Received);
        Assert.True(received >= stream.Length / 64, $"{received} receives");
    }

    [Theory]
    [MemberData(nameof(AllWorlds))]
    public async Task One_turn_sends_many_small_answers_together(bool portable)
    {
        await using var shard = new TestShard(portable);
        var host = new PlainHost(64);
        using var peer = new Peer(await shard.Listen(host));
        var connection = await Deadline.Of(host.Opened);
        var sent = new byte[3_000];
        new Prng(6).Fill(sent);
        await shard.Run(s =>
        {
            // 3,000 pieces of one byte, with a piece too large to be copied in the middle.
            for (var i = 0; i < sent.Length; i++)
            {
                var lease = s.Buffers.Rent(1);
                lease.Span[0] = sent[i];
                connection.Send(lease, 0, 1);
                if (i == 1_000)
                {
                    var large = s.Buffers.Rent(20_000);
                    large.Span[..20_000].Fill(9);
                    connection.Send(large, 0, 20_000);
                }
            }
            Assert.Equal(23_000, connection.UnsentBytes);
        });
        Assert.Equal(sent[..1_001], peer.Receive(1_001));
        Assert.All(peer.Receive(20_000), value => Assert.Equal(9, value));
        Assert.Equal(sent[1_001..], peer.Receive(1_999));
        Assert.Equal(0, await shard.Run(s => s.Buffers.OutstandingCount));
        Assert.Equal(1, host.Drains);
    }

    private static void SendAndCheck(int port, ulong seed, int totalBytes)
    {
        var chance = new Prng(seed);
        using var peer = new Peer(port);
        var sent = new byte[totalBytes];
        chance.Fill(sent);
        var sentCount = 0;
        var receivedCount = 0;
        while (receivedCount < totalBytes)
        {
            var ahead = sentCount - receivedCount;
            if (sentCount < totalBytes && (ahead == 0 || (ahead < 50_000 && chance.Chance(1, 2))))
            {
                var size = (int)chance.Between(1, Math.Min(5_000, totalBytes - sentCount));
                peer.Send(sent.AsSpan(sentCount, size));
                sentCount += size;
            }
            else
            {
                var piece = peer.Receive((int)chance.Between(1, ahead));
                var expected = sent.AsSpan(receivedCount, piece.Length);
                Assert.True(piece.AsSpan().SequenceEqual(expected), $"seed {seed}");
                receivedCount += piece.Length;
            }
        }
    }
}
