using System.IO;
using System.Threading.Tasks;
using Testbed.Tests.Shared;
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
            var port = KafkaPort.Free();
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
}
