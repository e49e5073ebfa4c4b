using System;
using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using Testbed.Net;
using Testbed.Node.Settings;
using Testbed.Runner.Serving;

namespace Testbed.Runner.Commands;

/// <summary>`testbed start`: one node, without configuration or with Kafka's server.properties.</summary>
public static class StartCommand
{
    public static Command Build()
    {
        var config = new Option<string?>("--config")
        {
            Description = "Kafka's server.properties. "
                + "Without it: PLAINTEXT://127.0.0.1:9092, data in ./data.",
        };
        var overrides = new Option<string[]>("--override")
        {
            Description = "A setting that counts more than the file, as name=value. "
                + "May be given several times.",
            AllowMultipleArgumentsPerToken = false,
        };
        var command = new Command(
            "start", "Starts a broker and serves until it is stopped (Ctrl-C or SIGTERM).")
        {
            config,
            overrides,
        };
        command.SetAction(
            (parsed, stop) => Run(parsed.GetValue(config), parsed.GetValue(overrides) ?? [], stop));
        return command;
    }

    private static async Task<int> Run(string? file, string[] overrides, CancellationToken stop)
    {
        if (!StartSettings.TryCollect(file, overrides, out var given, out var problem))
        {
            return Refuse(problem);
        }
        var reading = NodeSettingsReader.Read(given, Environment.MachineName);
        foreach (var warning in reading.Warnings)
        {
            await Console.Error.WriteLineAsync($"warning: {warning}");
        }
        if (reading.Settings is not { } settings)
        {
            return Refuse(string.Join(Environment.NewLine + "error: ", reading.Errors));
        }
        var started = await NodeHost.Start(
            settings, new RealTrace { Listener = new ConsoleLog(Console.Error) });
        if (started.Node is not { } node)
        {
            return Refuse(started.Problem!);
        }
        await using (node)
        {
            Announce(settings, node);
            return await Serve(node, stop);
        }
    }

    private static async Task<int> Serve(NodeHost node, CancellationToken stop)
    {
        var stopping = Task.Delay(Timeout.Infinite, stop);
        var first = await Task.WhenAny(node.Completion, stopping);
        if (first == stopping)
        {
            Console.Error.WriteLine("stopping");
            return ExitCode.Ok;
        }
        var error = await node.Completion;
        Console.Error.WriteLine($"error: the node broke and stopped: {error}");
        return ExitCode.Failed;
    }

    private static void Announce(NodeSettings settings, NodeHost node)
    {
        for (var i = 0; i < settings.Listeners.Count; i++)
        {
            var at = settings.Listeners[i] with
            {
                Address = settings.Listeners[i].Address with { Port = node.Ports[i] },
            };
            Console.WriteLine(
                $"broker {settings.NodeId} of cluster {node.ClusterId} serves {at}, "
                + $"data in {string.Join(", ", settings.LogDirectories)}");
        }
    }

    private static int Refuse(string problem)
    {
        Console.Error.WriteLine($"error: {problem}");
        return ExitCode.Usage;
    }
}
