using System.CommandLine;

namespace Testbed.Runner.Commands;

/// <summary>`testbed log`: what is in a log directory.</summary>
public static class LogCommand
{
    public static Command Build(Output output) =>
        new("log", "Shows and checks the files of a log directory, Kafka's or ours. Changes nothing.")
        {
            LogDumpCommand.Build(output),
            LogVerifyCommand.Build(output),
        };
}
