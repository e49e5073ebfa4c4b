using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Testbed.Tests.Interop;

/// <summary>One run of the scenarios against a fresh broker.</summary>
public sealed class ConformanceFixture : IAsyncLifetime
{
    /// <summary>The areas that a single broker without groups answers.</summary>
    public static IReadOnlyList<string> Areas { get; } =
    [
        "frames", "api-versions", "metadata", "topics", "produce", "fetch", "fetch-sessions", "offsets",
        "idempotence", "configs",
    ];

    internal IReadOnlyList<ScenarioResult> Results { get; private set; } = [];

    /// <summary>The keys of the APIs that the broker serves.</summary>
    internal IReadOnlySet<int> Served { get; private set; } = new HashSet<int>();

    public async Task InitializeAsync()
    {
        if (Clients.Find(Clients.Conformance).SkipReason is not null)
        {
            return;
        }
        await using var broker = await BrokerProcess.Start();
        Served = await AskServed(broker);
        var run = await ClientProgram.Run(
            Clients.ConformanceCommand(
                ["scenario", "-j", "2", broker.Bootstrap, .. Areas.Select(Clients.ScenarioFile)]));
        try
        {
            Results = ScenarioResult.ParseAll(run.Lines);
        }
        catch (System.FormatException error)
        {
            throw run.Failure(error.Message, broker);
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private static async Task<IReadOnlySet<int>> AskServed(BrokerProcess broker)
    {
        const string Asker = """{"clientSoftwareName":"interop","clientSoftwareVersion":"1"}""";
        var run = await ClientProgram.Run(
            Clients.ConformanceCommand([broker.Bootstrap, "ApiVersions", "3", Asker]));
        using var answer = System.Text.Json.JsonDocument.Parse(run.Succeeded(broker).Text);
        return answer.RootElement.GetProperty("apiKeys").EnumerateArray()
            .Select(static api => api.GetProperty("apiKey").GetInt32()).ToHashSet();
    }
}
