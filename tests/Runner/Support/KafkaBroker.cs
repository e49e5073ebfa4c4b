using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using Xunit;

namespace Testbed.Tests.Runner;

/// <summary>One Kafka broker for the tests of a class, in a directory that goes with it.</summary>
public sealed class KafkaBroker : IAsyncLifetime
{
    private const int ControllerPortDistance = 101;    // as the launcher has it

    private readonly string _directory = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    /// <summary>Its bootstrap list.</summary>
    public string Address { get; private set; } = "";

    public async Task InitializeAsync()
    {
        if (KafkaPrograms.Launcher is not null)
        {
            var port = FreePort();
            await KafkaPrograms.Run("", "start", _directory, "-p", $"{port}");
            Address = $"127.0.0.1:{port}";
        }
    }

    public async Task DisposeAsync()
    {
        if (KafkaPrograms.Launcher is not null)
        {
            await KafkaPrograms.Run("", "stop", _directory);
            Directory.Delete(_directory, recursive: true);
        }
    }

    /// <summary>A free port whose neighbour for the controller is free too.</summary>
    private static int FreePort()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            try
            {
                using var neighbour = new TcpListener(IPAddress.Loopback, port + ControllerPortDistance);
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
