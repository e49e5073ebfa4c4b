using System.Collections.Generic;
using System.IO;
using Testbed.Tests.Shared;

namespace Testbed.Tests.Interop;

/// <summary>
/// Where Apache Kafka's own tools are, and how they are called: a folder with one script `kafka`, which takes
/// the tool's name, or a Kafka as it is released, with bin/kafka-*.sh.
/// </summary>
internal static class JavaTool
{
    public static string? Home { get; } = RepositoryFolder.Beside("KAFKA_HOME", "kafka");

    /// <summary>Short lives: the first compiler only, a small heap, a collector without threads.</summary>
    private static readonly Dictionary<string, string> Environment = new()
    {
        ["KAFKA_HEAP"] = "-Xmx256m",
        ["KAFKA_HEAP_OPTS"] = "-Xmx256m",
        ["KAFKA_JIT"] = "1",
        ["JAVA_TOOL_OPTIONS"] = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1",
    };

    public static CommandLine Command(string tool, params string[] arguments)
    {
        var script = Path.Combine(Home!, "kafka");
        var command = File.Exists(script)
            ? CommandLine.Of(script, [tool, .. arguments])
            : CommandLine.Of(Path.Combine(Home!, "bin", ReleasedName(tool)), arguments);
        return command with { Environment = Environment };
    }

    private static string ReleasedName(string tool) =>
        tool == "producer-perf" ? "kafka-producer-perf-test.sh" : $"kafka-{tool}.sh";
}
