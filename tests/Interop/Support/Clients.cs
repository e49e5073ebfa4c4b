using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Testbed.Tests.Shared;

namespace Testbed.Tests.Interop;

/// <summary>The clients that the tests know, and how each is run.</summary>
internal static class Clients
{
    public const string Kcat = "kcat";
    public const string KafkaPython = "python3-kafka";
    public const string ConfluentPython = "python3-confluent-kafka";
    public const string KafkaJs = "kafkajs";
    public const string JavaTools = "Kafka's Java tools";
    public const string Conformance = "the conformance scenarios";

    /// <summary>Debian's own interpreter: the one that Debian's modules are installed for.</summary>
    private const string Python = "/usr/bin/python3";

    /// <summary>The folder of these tests, with the scripts of the clients.</summary>
    public static readonly string TestFolder = Path.Combine(RepositoryFolder.Root, "tests", "Interop");

    private static readonly string NodeScripts = Path.Combine(TestFolder, "node");
    private static readonly string PythonScripts = Path.Combine(TestFolder, "python");
    private static readonly string? ConformanceFolder = RepositoryFolder.Beside("CONFORMANCE", "conformance");

    private static readonly Client[] All =
    [
        new(Kcat, "apt-get install kcat", true, new(() => OnPath("kcat"))),
        new(KafkaPython, "apt-get install python3-kafka python3-lz4 python3-snappy python3-zstandard", true,
            new(() => Imports("kafka, lz4, snappy, zstandard"))),
        new(ConfluentPython, "apt-get install python3-confluent-kafka", true,
            new(() => Imports("confluent_kafka"))),
        new(KafkaJs, "apt-get install nodejs npm && npm ci --prefix tests/Interop/node", true,
            new(() =>
                OnPath("node") && Directory.Exists(Path.Combine(NodeScripts, "node_modules", "kafkajs")))),
        new(JavaTools, "put a Kafka into ../shared/kafka or name it by KAFKA_HOME; it needs Java 17", false,
            new(() => JavaTool.Home is not null && OnPath("java"))),
        new(Conformance, "put them into ../shared/conformance or name the folder by CONFORMANCE", false,
            new(() => ConformanceFolder is not null && OnPath("java"))),
    ];

    public static Client Find(string name) =>
        Array.Find(All, client => client.Name == name)
            ?? throw new ArgumentException($"no client is called {name}", nameof(name));

    /// <summary>Why a test that runs these is skipped; null when it is not.</summary>
    public static string? SkipReason(string[] clients) =>
        clients.Select(static name => Find(name).SkipReason)
            .FirstOrDefault(static reason => reason is not null);

    public static CommandLine KcatCommand(BrokerProcess broker, params string[] arguments) =>
        Required(Kcat, CommandLine.Of("kcat", ["-b", broker.Bootstrap, .. arguments]));

    /// <summary>A script of `python/`; its first argument is the broker's address.</summary>
    public static CommandLine PythonCommand(
        string client, string script, BrokerProcess broker, params string[] arguments) =>
        Required(client, CommandLine.Of(
            Python, ["-u", Path.Combine(PythonScripts, script), broker.Bootstrap, .. arguments]));

    /// <summary>A script of `node/`; its first argument is the broker's address.</summary>
    public static CommandLine NodeCommand(string script, BrokerProcess broker, params string[] arguments) =>
        Required(KafkaJs, CommandLine.Of(
            "node", [Path.Combine(NodeScripts, script), broker.Bootstrap, .. arguments]));

    /// <summary>A tool by its name without kafka- and .sh.</summary>
    public static CommandLine JavaCommand(string tool, BrokerProcess broker, params string[] arguments) =>
        Required(JavaTools, JavaTool.Command(tool, ["--bootstrap-server", broker.Bootstrap, .. arguments]));

    /// <summary>The conformance kit's program.</summary>
    public static CommandLine ConformanceCommand(params string[] arguments) =>
        Required(Conformance, CommandLine.Of(Path.Combine(ConformanceFolder!, "ask"), arguments));

    /// <summary>The recorded scenarios of an area.</summary>
    public static string ScenarioFile(string area) => Path.Combine(ConformanceFolder!, area + ".json");

    private static CommandLine Required(string client, CommandLine command)
    {
        Find(client).Require();
        return command;
    }

    private static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    private static bool Imports(string modules)
    {
        if (!File.Exists(Python))
        {
            return false;
        }
        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", $"import {modules}"])
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
