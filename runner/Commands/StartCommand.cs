using System;
using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using Testbed.Net;
using Testbed.Node.Settings;
using Testbed.Runner.Serving;

namespace Testbed.Runner.Commands;

/// <summary>`testbed start`: one node, without configuration or with Kafka's server.properties.</summary>
internal sealed class StartCommand
{
    private readonly Output _output;
    private readonly string? _file;
    private readonly string[] _overrides;

    private StartCommand(StartFlags flags, Output output, ParseResult parsed)
    {
        _output = output;
        _file = parsed.GetValue(flags.Config);
        _overrides = parsed.GetValue(flags.Overrides) ?? [];
    }

    public static Command Build(Output output)
    {
        var flags = new StartFlags();
        var command = new Command(
            "start",
            "Starts a broker and serves until it is stopped (Ctrl-C or SIGTERM). A stop takes as long as the "
                + "disks need; a second Ctrl-C cuts it short.");
        flags.AddTo(command);
        command.SetAction((parsed, stop) => new StartCommand(flags, output, parsed).Run(stop));
        return command;
    }

    private async Task<int> Run(CancellationToken stop)
    {
        if (!StartSettings.TryCollect(_file, _overrides, out var given, out var problem))
        {
            return Refuse(problem);
        }
        var reading = NodeSettingsReader.Read(given, Environment.MachineName);
        foreach (var warning in reading.Warnings)
        {
            _output.Error.WriteLine($"warning: {warning}");
        }
        if (reading.Settings is not { } settings)
        {
            return Refuse(string.Join(Environment.NewLine + "error: ", reading.Errors));
        }
        var started = await NodeHost.Start(
            settings, new RealTrace { Listener = new ConsoleLog(_output.Error) });
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

    private async Task<int> Serve(NodeHost node, CancellationToken stop)
    {
        var stopping = Task.Delay(Timeout.Infinite, stop);
        var first = await Task.WhenAny(node.Completion, stopping);
        if (first == stopping)
        {
            _output.Error.WriteLine("stopping");
            return ExitCode.Ok;
        }
        var error = await node.Completion;
        _output.Error.WriteLine($"error: the node broke and stopped: {error}");
        return ExitCode.Failed;
    }

    private void Announce(NodeSettings settings, NodeHost node)
    {
        for (var i = 0; i < settings.Listeners.Count; i++)
        {
            var at = settings.Listeners[i] with
            {
                Address = settings.Listeners[i].Address with { Port = node.Ports[i] },
            };
            _output.WriteLine(
                $"broker {settings.NodeId} of cluster {node.ClusterId} serves {at}, "
                + $"data in {string.Join(", ", settings.LogDirectories)}");
        }
        _output.Flush();
    }

    private int Refuse(string problem)
    {
        _output.Error.WriteLine($"error: {problem}");
        return ExitCode.Usage;
    }
}
