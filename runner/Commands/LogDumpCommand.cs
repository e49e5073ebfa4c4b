using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using Testbed.Runner.Logs;

namespace Testbed.Runner.Commands;

/// <summary>`testbed log dump`: what a file, or a partition's files, have in them.</summary>
internal static class LogDumpCommand
{
    public static Command Build(Output output)
    {
        var path = new Argument<string>("path")
        {
            Description = "A file of a log directory, or the directory of one partition.",
        };
        path.Validators.Add(PathCheck.Of(Validate));
        var records = new Option<bool>("--records")
        {
            Description = "Prints the records below each batch; bytes that are no text in Base64.",
        };
        var indexes = new Option<bool>("--index")
        {
            Description = "Of a directory: prints indexes, snapshots and checkpoints as well.",
        };
        var verify = new Option<bool>("--verify")
        {
            Description = "Checks as `testbed log verify` does, and prints what concerns the files dumped.",
        };
        var json = new Option<bool>("--json") { Description = "Prints one JSON object per line." };
        var command = new Command(
            "dump",
            "Prints batches, index entries, producers, epochs: whatever the file has. Exit code 1 when "
                + "something cannot be read or --verify finds a problem.")
        {
            path,
            records,
            indexes,
            verify,
            json,
        };
        command.SetAction(parsed => new LogDumper(
            new RowPrinter(output, parsed.GetValue(json)),
            new FindingPrinter(output, parsed.GetValue(json)),
            parsed.GetValue(records)).Run(
                parsed.GetValue(path)!, parsed.GetValue(indexes), parsed.GetValue(verify)));
        return command;
    }

    private static void Validate(ArgumentResult result)
    {
        var path = result.GetValueOrDefault<string>();
        if (Directory.Exists(path))
        {
            if (!PartitionFolder.IsOne(path))
            {
                result.AddError(LogDirectoryVerifier.IsOne(path)
                    ? $"'{path}' is a whole log directory: name a partition's directory or a file in it."
                    : $"'{path}' is no partition's directory.");
            }
        }
        else if (!File.Exists(path))
        {
            result.AddError($"there is no file or directory '{path}'.");
        }
        else if (LogFileName.Settled(path).Kind == LogFileKind.Unknown)
        {
            result.AddError($"'{path}' has no name that a file of a log directory has.");
        }
    }
}
