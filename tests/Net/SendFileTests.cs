using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using Testbed.Foundation;
using Xunit;

namespace Testbed.Tests.Net;

/// <summary>Ranges of files on their way to a peer.</summary>
public sealed class SendFileTests : IDisposable
{
    private const int Rounds = 300;
    private readonly TempDirectory _directory = new();

    public static TheoryData<bool> AllWorlds => Worlds.All;

    [Theory]
    [MemberData(nameof(AllWorlds))]
    public async Task Ranges_of_a_growing_file_arrive_whole_and_in_order_at_a_slow_reader(bool portable)
    {
        await using var shard = new TestShard(portable, _directory.Path);
        var host = new PlainHost();
        using var peer = new Peer(await shard.Listen(host), receiveBufferBytes: 8 * 1024);
        var connection = await Deadline.Of(host.Opened);
        var expected = new MemoryStream();
        var growing = shard.Work(s => GrowAndSend(s, connection, expected));
        Assert.True(await growing);
        var received = peer.Receive((int)expected.Length);
        Assert.Equal(expected.ToArray(), received);
        await shard.Until(() => connection.UnsentBytes == 0);
        Assert.Equal(0, await shard.Run(s => s.Buffers.OutstandingCount));
    }

    [Theory]
    [MemberData(nameof(AllWorlds))]
    public async Task A_file_closed_and_deleted_meanwhile_is_still_sent(bool portable)
    {
        const int Size = 16 * 1024 * 1024;
        await using var shard = new TestShard(portable, _directory.Path);
        var host = new PlainHost();
        using var peer = new Peer(await shard.Listen(host), receiveBufferBytes: 8 * 1024);
        var connection = await Deadline.Of(host.Opened);
        await shard.Work(async s =>
        {
            var file = (await s.Disks[0].Open("a.log", OpenMode.CreateEmpty)).File!;
            await s.Disks[0].Write(file, 0, [Pattern(0, Size)]);
            connection.SendFile(new FileRange(file, 0, Size));
            await s.Delay(1);    // some of it has been sent by now, the rest does not fit the socket
            Invariant.Assert(connection.UnsentBytes is > 0 and < Size);
            s.Disks[0].Close(file);
            return (await s.Disks[0].Delete("a.log")).IsOk;
        });
        Assert.True(Pattern(0, Size).AsSpan().SequenceEqual(peer.Receive(Size)));
        await shard.Until(() => connection.UnsentBytes == 0);
        await shard.Work(async s => await s.Disks[0].SyncDirectory(""));    // comes after closing
        Assert.DoesNotContain(_directory.In("a.log"), OpenFiles());
    }

    [Theory]
    [MemberData(nameof(AllWorlds))]
    public async Task A_file_that_lost_its_bytes_resets_the_connection(bool portable)
    {
        await using var shard = new TestShard(portable, _directory.Path);
        var host = new PlainHost();
        using var peer = new Peer(await shard.Listen(host));
        var connection = await Deadline.Of(host.Opened);
        await shard.Work(async s =>
        {
            var file = (await s.Disks[0].Open("a.log", OpenMode.CreateEmpty)).File!;
            await s.Disks[0].Write(file, 0, [Pattern(0, 10_000)]);
            _directory.CutFile("a.log", 4_000);
            connection.SendFile(new FileRange(file, 0, 10_000));
            return true;
        });
        Assert.Equal(CloseReason.Reset, await Deadline.Of(host.Closed));
        Assert.False(ReadsToACleanEnd(peer));
    }

    [Fact]
    public async Task Ranges_given_to_a_closed_connection_do_not_keep_the_file()
    {
        await using var shard = new TestShard(portable: false, _directory.Path);
        var host = new PlainHost();
        using var peer = new Peer(await shard.Listen(host));
        var connection = await Deadline.Of(host.Opened);
        await shard.Work(async s =>
        {
            var file = (await s.Disks[0].Open("a.log", OpenMode.CreateEmpty)).File!;
            await s.Disks[0].Write(file, 0, [Pattern(0, 100)]);
            connection.SendFile(new FileRange(file, 0, 50));
            connection.Close(CloseReason.Reset);
            connection.SendFile(new FileRange(file, 50, 50));
            s.Disks[0].Close(file);
            return await s.Disks[0].SyncDirectory("");
        });
        Assert.DoesNotContain(_directory.In("a.log"), OpenFiles());
    }

    public void Dispose() => _directory.Dispose();

    private static async EngineTask<bool> GrowAndSend(
        IShard shard, IConnection connection, MemoryStream expected)
    {
        var chance = new Prng(21);
        var disk = shard.Disks[0];
        var file = (await disk.Open("00000.log", OpenMode.CreateEmpty)).File!;
        for (var i = 0; i < Rounds; i++)
        {
            var batch = Pattern(file.Length, (int)chance.Between(1, 60_000));
            await disk.Write(file, file.Length, [batch]);
            var header = shard.Buffers.Rent(12);
            header.Span[..12].Fill((byte)(i % 256));
            expected.Write(header.Span[..12]);
            connection.Send(header, 0, 12);
            var offset = chance.Below(file.Length);
            var count = (int)Math.Min(file.Length - offset, chance.Between(0, 40_000));
            expected.Write(Pattern(offset, count));
            connection.SendFile(new FileRange(file, offset, count));
        }
        disk.Close(file);
        return connection.UnsentBytes > 0;
    }

    /// <summary>Bytes that tell where they stand in the file.</summary>
    private static byte[] Pattern(long offset, int count)
    {
        var bytes = new byte[count];
        for (var i = 0; i < count; i++)
        {
            var at = offset + i;
            bytes[i] = unchecked((byte)(at ^ (at >> 8) ^ (at >> 16)));
        }
        return bytes;
    }

    private static bool ReadsToACleanEnd(Peer peer)
    {
        for (var i = 0; i < 4_000; i++)
        {
            if (!peer.Socket.Poll(Deadline.Limit, System.Net.Sockets.SelectMode.SelectRead))
            {
                return false;
            }
            if (peer.Socket.Available == 0)
            {
                return peer.EndsCleanly();
            }
            peer.Receive(1);
        }
        return peer.EndsCleanly();
    }

    private static List<string?> OpenFiles()
    {
        var targets = new List<string?>();
        foreach (var link in Directory.GetFiles("/proc/self/fd"))
        {
            targets.Add(new FileInfo(link).LinkTarget?.Replace(" (deleted)", "", StringComparison.Ordinal));
        }
        return targets;
    }
}
