using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using Testbed.Net;
using Testbed.Node.Settings;
using Xunit;

namespace Testbed.Tests.Runner;

/// <summary>
/// One broker of ours in this process for the tests of a class, in a directory that goes with it.
/// </summary>
public sealed class OwnBroker : IAsyncLifetime
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private NodeHost? _node;

    /// <summary>Its bootstrap list.</summary>
    public string Address { get; private set; } = "";

    public async Task InitializeAsync()
    {
        KeyValuePair<string, string>[] settings =
        [
            new("node.id", "1"),
            new("listeners", "PLAINTEXT://127.0.0.1:0"),
            new("log.dirs", _directory),
        ];
        var reading = NodeSettingsReader.Read(settings, "127.0.0.1");
        Assert.Empty(reading.Errors);
        var started = await NodeHost.Start(reading.Settings!, new RealTrace());
        Assert.Null(started.Problem);
        _node = started.Node!;
        Address = $"127.0.0.1:{_node.Ports[0]}";
    }

    public async Task DisposeAsync()
    {
        await _node!.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
