using System.CommandLine;

namespace Testbed.Runner.Serving;

/// <summary>The flags of `testbed start`.</summary>
internal sealed class StartFlags
{
    public Option<string?> Config { get; } = new("--config")
    {
        Description = "Kafka's server.properties. Without it: PLAINTEXT://127.0.0.1:9092, data in ./data.",
        HelpName = "file",
    };

    public Option<string[]> Overrides { get; } = new("--override")
    {
        Description = "A setting that counts more than the file; may be given several times.",
        HelpName = "name=value",
        AllowMultipleArgumentsPerToken = false,
    };

    public void AddTo(Command command)
    {
        command.Add(Config);
        command.Add(Overrides);
    }
}
