using System;
using System.Net.Sockets;
using System.Threading.Tasks;
using Testbed.Foundation;
using Xunit;
using Xunit.Abstractions;

namespace Testbed.Tests.Net;

/// <summary>What one request costs the shard's thread when everything is warm.</summary>
public sealed class SteadyStateTests(ITestOutputHelper output) : IDisposable
{
    private const int FrameBytes = 1024;
    private const int WarmUpRounds = 2_000;
    private const int AllocatedBytesMax = 64;
    private const double MicrosecondsMax = 100;    // on any machine; the figure itself is printed

    private readonly TempDirectory _directory = new();

    [Theory]
    [InlineData(1, 20_000)]
    [InlineData(8, 5_000)]
    public async Task An_echoed_frame_allocates_nothing_and_costs_microseconds(int connections, int rounds)
    {
        await using var shard = new TestShard();
        var port = await shard.Listen(await shard.Run(s => new EchoHost(s, bufferBytes: 4096)));
        await Measure(shard, port, connections, rounds, FrameBytes, "echo of 1 KiB");
    }

    [Fact]
    public async Task A_frame_appended_to_a_file_and_answered_costs_microseconds_more()
    {
        await using var shard = new TestShard(portable: false, _directory.Path);
        var file = await shard.Work(async s => (await s.Disks[0].Open("a.log", OpenMode.CreateEmpty)).File!);
        var port = await shard.Listen(await shard.Run(s => new AppendHost(s, file, FrameBytes)));
        await Measure(shard, port, 8, 5_000, AppendHost.AnswerBytes, "append of 1 KiB");
        Assert.Equal((WarmUpRounds + 5_000) * 8L * FrameBytes, await shard.Run(_ => file.Length));
    }

    public void Dispose() => _directory.Dispose();

    private async Task Measure(
        TestShard shard,
        int port,
        int connections,
        int rounds,
        int answerBytes,
        string what)
    {
        var peers = new Peer[connections];
        for (var i = 0; i < connections; i++)
        {
            peers[i] = new Peer(port);
        }
        await Task.Run(() => Exchange(peers, WarmUpRounds, answerBytes));
        var before = await shard.Run(_ => ReadCosts());
        await Task.Run(() => Exchange(peers, rounds, answerBytes));
        var after = await shard.Run(_ => ReadCosts());
        var requests = (double)rounds * connections;
        var bytes = (after.AllocatedBytes - before.AllocatedBytes) / requests;
        var microseconds = (after.Nanoseconds - before.Nanoseconds) / requests / 1000;
        output.WriteLine($"{what}, {connections} connections: {microseconds:F2} us, {bytes:F2} B a request");
        Assert.InRange(bytes, 0, AllocatedBytesMax);
        Assert.InRange(microseconds, 0.1, MicrosecondsMax);
        Array.ForEach(peers, peer => peer.Dispose());
    }

    private static (long AllocatedBytes, long Nanoseconds) ReadCosts() =>
        (GC.GetAllocatedBytesForCurrentThread(), NativeCalls.ThreadNanoseconds());

    private static void Exchange(Peer[] peers, int rounds, int answerBytes)
    {
        var request = new byte[FrameBytes];
        var answer = new byte[answerBytes];
        for (var i = 0; i < rounds; i++)
        {
            foreach (var peer in peers)
            {
                peer.Socket.Send(request, SocketFlags.None);
            }
            foreach (var peer in peers)
            {
                peer.Receive(answer);
            }
        }
    }
}
