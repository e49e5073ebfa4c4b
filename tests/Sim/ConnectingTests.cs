using Testbed.Foundation;
using Testbed.Sim;
using Xunit;

namespace Testbed.Tests.Sim;

public class ConnectingTests
{
    [Fact]
    public void Connecting_to_a_port_where_nobody_listens_is_refused()
    {
        var pair = Pair.New(seed: 1);
        pair.Client.Shard.Network.Connect(
            new NetworkAddress("n1", 1), pair.Client, 0, pair.Client.Shard.Now.PlusMs(5_000));
        Assert.Empty(pair.Client.Heard);
        pair.World.RunForMs(4_000);
        Assert.Equal(["failed:Refused"], pair.Client.Heard);
    }

    [Fact]
    public void Connecting_to_a_crashed_process_is_refused_and_to_a_dead_machine_times_out()
    {
        var pair = Pair.New(seed: 1);
        pair.World.Crash(Pair.ServerId, CrashKind.Process);
        pair.Connect(deadlineMs: 3_000);
        pair.World.RunForMs(2_900);
        Assert.Equal(["failed:Refused"], pair.Client.Heard);

        pair.World.Crash(Pair.ServerId, CrashKind.PowerCut);
        var deadline = pair.Client.Shard.Now.PlusMs(3_000);
        pair.Connect(deadlineMs: 3_000);
        pair.World.RunForMs(60_000);
        Assert.Equal(["failed:Refused", "failed:Timeout"], pair.Client.Heard);
        Assert.Equal(deadline, pair.Client.LastHeardAt);
    }

    [Fact]
    public void Connecting_to_an_unknown_host_fails()
    {
        var pair = Pair.New(seed: 1);
        pair.Client.Shard.Network.Connect(new NetworkAddress("nowhere", 1), pair.Client, 0, Instant.Never);
        Assert.Empty(pair.Client.Heard);
        pair.World.RunForMs(1_000);
        Assert.Equal(["failed:Unreachable"], pair.Client.Heard);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public void Connecting_over_a_cut_link_times_out_at_the_deadline_whichever_way_is_cut(int from, int to)
    {
        var pair = Pair.New(seed: 1);
        pair.World.Network.Cut(new NodeId(from), new NodeId(to));
        var deadline = pair.Client.Shard.Now.PlusMs(7_000);
        pair.Connect(deadlineMs: 7_000);
        pair.World.RunForMs(100_000);
        Assert.Equal(["failed:Timeout"], pair.Client.Heard);
        Assert.Equal(deadline, pair.Client.LastHeardAt);
        Assert.Empty(pair.Server.Heard);
    }

    [Fact]
    public void Connecting_over_a_link_that_heals_in_time_opens_late()
    {
        var pair = Pair.New(seed: 1);
        pair.World.Network.Cut(Pair.ClientId, Pair.ServerId);
        pair.Connect(deadlineMs: 30_000);
        pair.World.RunForMs(5_000);
        Assert.Empty(pair.Client.Heard);
        pair.World.Network.Heal(Pair.ClientId, Pair.ServerId);
        pair.World.RunForMs(20_000);
        Assert.Equal(["opened"], pair.Client.Heard);
    }
}
