using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// The server's promise from the first leg of a handshake: whoever listened then makes its side of the
/// connection when the third leg arrives, if it still listens.
/// </summary>
internal sealed class Acceptance(ShardNetwork server, int port, NetworkAddress client, NodeId clientNode)
{
    public bool TryAccept(Pipe incoming) => server.TryAccept(incoming, port, client, clientNode);
}
