using System.CommandLine;
using System.Diagnostics;
using Testbed.Runner.Sim;
using Testbed.Sim;
using Testbed.Sim.Workloads;

namespace Testbed.Runner.Commands;

/// <summary>`testbed sim run`: one seed, or a range of them, each a run of its own.</summary>
internal sealed class SimRunCommand
{
    private readonly SeedRange _seeds;
    private readonly WorkloadSettings _settings;
    private readonly SimulationGuard _guard;
    private readonly TracePrinter? _trace;
    private readonly SimRunPrinter _printer;

    private SimRunCommand(SimRunFlags flags, Output output, ParseResult parsed)
    {
        _seeds = flags.Seeds(parsed);
        _settings = flags.Settings(parsed);
        _guard = new SimulationGuard(output.OwnsProcess);
        _trace = parsed.GetValue(flags.Trace) ? new TracePrinter(output) : null;
        _printer = new SimRunPrinter(output, parsed.GetValue(flags.Json));
    }

    public static Command Build(Output output)
    {
        var flags = new SimRunFlags();
        var command = new Command(
            "run",
            "Runs a simulated broker with clients and faults. The last line for a seed is its verdict; "
                + "exit code 1 when a promise broke.");
        flags.AddTo(command);
        command.SetAction(parsed => new SimRunCommand(flags, output, parsed).Run());
        return command;
    }

    private int Run()
    {
        var exitCode = ExitCode.Ok;
        foreach (var seed in _seeds.All())
        {
            var result = Run(_settings with { Seed = seed });
            _printer.Print(result);
            exitCode = result.IsOk ? exitCode : ExitCode.Failed;
        }
        return exitCode;
    }

    private SimRunResult Run(WorkloadSettings settings)
    {
        var watch = Stopwatch.StartNew();
        var run = new WorkloadRun(settings);
        if (_trace is not null)
        {
            run.World.Trace.ReadLines(_trace.Print, TraceDetail.Events);
        }
        var report = _guard.Run(run.Run);
        _trace?.ThrowIfFailed();
        return new SimRunResult(settings, report, run.AcknowledgedCount, watch.Elapsed);
    }
}
