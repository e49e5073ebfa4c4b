using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using Testbed.Log;
using Testbed.Runner.Logs;

namespace Testbed.Runner.Commands;

/// <summary>
/// `testbed log verify`: whether the files of a partition, or of all in a directory, agree.
/// </summary>
internal static class LogVerifyCommand
{
    public static Command Build(Output output)
    {
        var directory = new Argument<string>("directory")
        {
            Description = "A log directory, or the directory of one partition in it.",
        };
        directory.Validators.Add(PathCheck.Of(Validate));
        var json = new Option<bool>("--json") { Description = "Prints one JSON object per finding." };
        var command = new Command(
            "verify",
            "Checks every batch and compares indexes, snapshots and checkpoints with the log. A note is what "
                + "crashes and running brokers leave. Exit code 1 when there is a problem.")
        {
            directory,
            json,
        };
        command.SetAction(parsed => Run(output, parsed.GetValue(directory)!, parsed.GetValue(json)));
        return command;
    }

    private static void Validate(ArgumentResult result)
    {
        var path = result.GetValueOrDefault<string>();
        if (!Directory.Exists(path))
        {
            result.AddError(File.Exists(path)
                ? $"'{path}' is a file. verify takes a directory; `testbed log dump --verify` takes a file."
                : $"there is no directory '{path}'.");
        }
        else if (!PartitionFolder.IsOne(path) && !LogDirectoryVerifier.IsOne(path))
        {
            result.AddError(
                $"'{path}' is neither a log directory nor a partition's: name the one that log.dirs names, "
                + "or a topic-0 in it.");
        }
    }

    private static int Run(Output output, string path, bool isJson)
    {
        var findings = new FindingList();
        var verifier = new LogDirectoryVerifier(path, findings);
        if (PartitionFolder.IsOne(path))
        {
            verifier.RunPartition(path);
        }
        else
        {
            verifier.Run();
        }
        var printer = new FindingPrinter(output, isJson);
        foreach (var finding in findings.All)
        {
            printer.Print(finding);
        }
        printer.PrintEnd(verifier, findings);
        return findings.ProblemCount == 0 ? ExitCode.Ok : ExitCode.Failed;
    }
}
