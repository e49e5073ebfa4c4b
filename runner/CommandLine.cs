using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
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
          testbed sim run --seed 1..100

        Flags have Kafka's names where Kafka has them. Data go to standard output, everything else to standard
        error. Exit codes: 0 done, 1 failed, 2 wrong usage.
        """;

    /// <summary>Runs the command that the arguments name, and tells the exit code.</summary>
    public static async Task<int> Run(IReadOnlyList<string> args, Output output)
    {
        var parsed = Root(output).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            return Refuse(parsed, output.Error);
        }
        try
        {
            var exitCode = await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                Output = output.Text,
                Error = output.Error,
            });
            output.Flush();
            return exitCode;
        }
        catch (CommandException failure)
        {
            output.Error.WriteLine($"testbed {Path(parsed)}: {failure.Message}");
            return ExitCode.Failed;
        }
        catch (OutputClosedException)
        {
            return ExitCode.Ok;
        }
    }

    /// <summary>One line per command: the only place that names them all.</summary>
    private static RootCommand Root(Output output)
    {
        var root = new RootCommand(Description)
        {
            StartCommand.Build(),
            TopicsCommand.Build(output),
            ProduceCommand.Build(output),
            ConsumeCommand.Build(output),
            SimCommand.Build(),
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
