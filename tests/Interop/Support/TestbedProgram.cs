using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Testbed.Tests.Shared;

namespace Testbed.Tests.Interop;

/// <summary>The built `testbed`: beside the tests, or where the runner was built.</summary>
internal static class TestbedProgram
{
    public const string AnyPort = "listeners=PLAINTEXT://127.0.0.1:0";

    public static string Assembly { get; } = Find();

    /// <summary>`testbed start` with these settings, each as name=value.</summary>
    public static CommandLine Start(IEnumerable<string> settings) =>
        CommandLine.Of(
            "dotnet",
            [Assembly, "start", .. settings.SelectMany(static one => new[] { "--override", one })]);

    private static string Find()
    {
        var output = Path.Combine(RepositoryFolder.Root, "artifacts", "bin", "Testbed.Runner");
        string[] candidates =
        [
            Path.Combine(AppContext.BaseDirectory, "testbed.dll"),
            Path.Combine(output, "release", "testbed.dll"),
            Path.Combine(output, "debug", "testbed.dll"),
        ];
        return Array.Find(candidates, IsComplete)
            ?? throw new FileNotFoundException(
                $"testbed.dll is not built: looked in {string.Join(", ", candidates)}");
    }

    private static bool IsComplete(string assembly) =>
        File.Exists(assembly) && File.Exists(Path.ChangeExtension(assembly, ".runtimeconfig.json"));
}
