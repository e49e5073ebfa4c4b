using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Testbed.Runner.Commands;

namespace Testbed.Runner;

/// <summary>All commands, and what is the same for each: help, the version, errors and exit codes.</summary>
public static class CommandLine
{
    private const string Description = """
        A streaming platform that speaks Kafka's protocol.

        Examples:
          testbed start
          testbed topics --create --topic orders --partitions 3
          testbed topics --describe --topic orders
          echo 'id-1:first order' | testbed produce --topic orders --key-separator :
          testbed consume --topic orders --from-beginning --exit-at-end --property print.key=true
          testbed consume --topic orders --from-beginning --exit-at-end --json \
            | testbed produce --topic copy --json
          testbed log verify data
          testbed sim run --seed 1..100

        Flags have Kafka's names where Kafka has them. Data go to standard output, everything else to standard
        error. Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted before the end (Ctrl-C, SIGTERM).
        """;

    /// <summary>Runs the command that the arguments name, and tells the exit code.</summary>
    /// <param name="args">The command line without the program's name.</param>
    /// <param name="output">What the command reads and where it prints.</param>
    /// <param name="stop">
    /// Asks the command to end, as Ctrl-C does. Where the process is the command's own, signals do.
    /// </param>
    public static async Task<int> Run(
        IReadOnlyList<string> args, Output output, CancellationToken stop = default)
    {
        var parsed = Root(output).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            return Refuse(parsed, output.Error);
        }
        var failures = new CommandFailures($"testbed {Path(parsed)}".TrimEnd(), output.Error);
        var exitCode = await failures.Catch(() => Invoke(parsed, output, stop));
        return exitCode == ExitCode.Ok ? await failures.Catch(() => Flush(output)) : exitCode;
    }

    /// <summary>
    /// A command that waits hears of signals; one that only computes has nothing to finish and ends by them.
    /// </summary>
    private static async Task<int> Invoke(ParseResult parsed, Output output, CancellationToken stop)
    {
        var hearsSignals = output.OwnsProcess && parsed.Action is AsynchronousCommandLineAction;
        using var signals = hearsSignals ? new Interruption() : null;
        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,    // the library's own handling of signals would cut us off
            Output = output.Text,
            Error = output.Error,
        };
        return await parsed.InvokeAsync(configuration, signals?.Token ?? stop);
    }

    private static Task<int> Flush(Output output)
    {
        output.Flush();
        return Task.FromResult(ExitCode.Ok);
    }

    /// <summary>One line per command: the only place that names them all.</summary>
    private static RootCommand Root(Output output)
    {
        var root = new RootCommand(Description)
        {
            StartCommand.Build(output),
            TopicsCommand.Build(output),
            ProduceCommand.Build(output),
            ConsumeCommand.Build(output),
            LogCommand.Build(output),
            SimCommand.Build(output),
        };
        return root;
    }

    private static int Refuse(ParseResult parsed, TextWriter error)
    {
        foreach (var mistake in parsed.Errors)
        {
            error.WriteLine($"testbed {Path(parsed)}: {mistake.Message}");
        }
        error.WriteLine($"See: testbed {Path(parsed)} --help".Replace("  ", " "));
        return ExitCode.Usage;
    }

    /// <summary>The command as it was typed, without flags.</summary>
    private static string Path(ParseResult parsed)
    {
        var names = new List<string>();
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult command; at = at.Parent)
        {
            if (command.Command is not RootCommand)
            {
                names.Insert(0, command.Command.Name);
            }
        }
        return string.Join(' ', names);
    }
}
