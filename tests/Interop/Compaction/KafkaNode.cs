using System;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using Testbed.Tests.Shared;

namespace Testbed.Tests.Interop;

/// <summary>
/// One real Kafka, by a launcher named `kafka` that starts and stops brokers too, which the scripts of a
/// released Kafka do not. Its directory goes with it.
/// </summary>
internal sealed class KafkaNode : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly int _port;

    private KafkaNode(int port) => _port = port;

    /// <summary>Null when this machine has no such launcher.</summary>
    public static string? Launcher { get; } =
        JavaTool.Home is { } home && File.Exists(Path.Combine(home, "kafka"))
            ? Path.Combine(home, "kafka")
            : null;

    public string Address => $"127.0.0.1:{_port}";

    /// <summary>The log directory.</summary>
    public string Data => _folder.Inside("kafka/data1");

    public static async Task<KafkaNode> Start(params string[] settings)
    {
        var node = new KafkaNode(KafkaPort.Free());
        try
        {
            string[] arguments =
                ["start", node._folder.Inside("kafka"), "-p", $"{node._port}", "-h", "512m", .. settings];
            var run = await ClientProgram.Run(CommandLine.Of(Launcher!, arguments));
            run.Succeeded();
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends requests, one a line, as the conformance program reads them.</summary>
    public async Task Tell(string dialogue)
    {
        var input = Encoding.UTF8.GetBytes(dialogue);
        (await ClientProgram.Run(Clients.ConformanceCommand(Address, "-"), input)).Succeeded();
    }

    public async ValueTask DisposeAsync()
    {
        await ClientProgram.Run(CommandLine.Of(Launcher!, "stop", _folder.Inside("kafka")));
        _folder.Dispose();
    }
}
