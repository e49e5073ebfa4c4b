using System.Net;
using System.Net.Sockets;

namespace Testbed.Tests.Shared;

/// <summary>Ports for a Kafka that its launcher starts.</summary>
internal static class KafkaPort
{
    /// <summary>From a broker's port to its controller's, as the launcher has it.</summary>
    public const int ControllerDistance = 101;

    /// <summary>A free port whose neighbour for the controller is free too.</summary>
    public static int Free()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            try
            {
                using var neighbour = new TcpListener(IPAddress.Loopback, port + ControllerDistance);
                neighbour.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it: another pair.
            }
        }
    }
}
