using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using Xunit;

namespace Testbed.Tests.Runner;

/// <summary>One Kafka broker for the tests of a class, in a directory that goes with it.</summary>
public sealed class KafkaBroker : IAsyncLifetime
{
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

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
