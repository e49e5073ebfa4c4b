using System.Collections.Generic;
using System.CommandLine;
using Testbed.Foundation;

namespace Testbed.Runner;

/// <summary>The flags that every command has which talks to a cluster.</summary>
internal sealed class ClientFlags
{
    private readonly Option<string> _bootstrap = new("--bootstrap-server")
    {
        Description = "Brokers to ask first: host:port, several separated by commas.",
        HelpName = "host:port",
        DefaultValueFactory = _ => BootstrapServers.Default,
    };

    public ClientFlags()
    {
        _bootstrap.Validators.Add(result =>
        {
            var text = result.GetValueOrDefault<string>() ?? "";
            if (!BootstrapServers.TryParse(text, out _, out var mistake))
            {
                result.AddError($"--bootstrap-server: {mistake}.");
            }
        });
    }

    public void AddTo(Command command) => command.Add(_bootstrap);

    public IReadOnlyList<NetworkAddress> Bootstrap(ParseResult parsed)
    {
        var isValid =
            BootstrapServers.TryParse(parsed.GetRequiredValue(_bootstrap), out var addresses, out _);
        Invariant.Assert(isValid);
        return addresses;
    }
}
