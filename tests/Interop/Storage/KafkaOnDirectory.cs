using System;
using System.IO;
using System.Threading.Tasks;
using Testbed.Tests.Shared;

namespace Testbed.Tests.Interop;

/// <summary>A real Kafka, started on a copy of a log directory that it has not made.</summary>
internal sealed class KafkaOnDirectory : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly int _port = KafkaPort.Free();

    private KafkaOnDirectory()
    {
    }

    public string Address => $"127.0.0.1:{_port}";

    /// <summary>What it has said so far.</summary>
    public string Log => File.ReadAllText(_folder.Inside("node1.log"));

    private string Data => _folder.Inside("data1");

    public static async Task<KafkaOnDirectory> Start(string directory)
    {
        var kafka = new KafkaOnDirectory();
        try
        {
            kafka.Prepare(directory);
            var run = await ClientProgram.Run(
                CommandLine.Of(KafkaNode.Launcher!, "restart", kafka._folder.Path, "1"));
            return run.ExitCode == 0 ? kafka : throw run.Failure($"did not start: {kafka.Log}");
        }
        catch
        {
            await kafka.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ClientProgram.Run(CommandLine.Of(KafkaNode.Launcher!, "stop", _folder.Path));
        _folder.Dispose();
    }

    /// <summary>The files that the launcher wants beside the data of a node.</summary>
    private void Prepare(string directory)
    {
        foreach (var file in Directory.GetFiles(directory, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(Data, Path.GetRelativePath(directory, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        var controller = $"127.0.0.1:{_port + KafkaPort.ControllerDistance}";
        File.WriteAllText(_folder.Inside("node1.log"), "");
        File.WriteAllText(_folder.Inside("heap"), "512m");
        File.WriteAllLines(
            _folder.Inside("node1.properties"),
            [
                "process.roles=broker,controller",
                "node.id=1",
                $"controller.quorum.voters=1@{controller}",
                $"listeners=PLAINTEXT://{Address},CONTROLLER://{controller}",
                $"advertised.listeners=PLAINTEXT://{Address}",
                "controller.listener.names=CONTROLLER",
                "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                $"log.dirs={Data}",
                "offsets.topic.replication.factor=1",
            ]);
    }
}
