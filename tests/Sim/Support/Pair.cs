using Testbed.Foundation;
using Testbed.Sim;

namespace Testbed.Tests.Sim;

/// <summary>
/// A world with a server on node 1 that listens on port 9092, and a client on node 2 that connects to it.
/// </summary>
internal sealed class Pair
{
    public static readonly NodeId ServerId = new(1);
    public static readonly NodeId ClientId = new(2);

    private Pair(World world, int bufferBytes)
    {
        World = world;
        world.AddNode(ServerId, shard =>
        {
            Server = new Peer(shard, bufferBytes);
            shard.Network.Listen(new NetworkAddress("", 9092), Server);
        });
        world.AddNode(ClientId, shard => Client = new Peer(shard, bufferBytes));
        world.RunForMs(1);
    }

    public World World { get; }

    public Peer Server { get; private set; } = null!;

    public Peer Client { get; private set; } = null!;

    public static Pair New(WorldOptions options, int bufferBytes = 4096) =>
        new(new World(options), bufferBytes);

    public static Pair New(ulong seed, int bufferBytes = 4096) =>
        New(new WorldOptions { Seed = seed }, bufferBytes);

    /// <summary>Both sides have heard that the connection stands.</summary>
    public static Pair Connected(ulong seed, int bufferBytes = 4096) =>
        Connected(new WorldOptions { Seed = seed }, bufferBytes);

    public static Pair Connected(WorldOptions options, int bufferBytes = 4096)
    {
        var pair = New(options, bufferBytes);
        pair.Connect();
        pair.World.RunForMs(1_000);
        return pair;
    }

    public void Connect(long deadlineMs = 10_000) => Client.Shard.Network.Connect(
        new NetworkAddress("n1", 9092), Client, 7, Client.Shard.Now.PlusMs(deadlineMs));
}
