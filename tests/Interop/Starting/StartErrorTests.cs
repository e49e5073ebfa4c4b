using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Testbed.Tests.Interop;

/// <summary>
/// Starts that cannot be: exit code 2, one line that names the setting and the fix, and a disk that is as it
/// was before.
/// </summary>
public sealed class StartErrorTests(BrokerFixture fixture) : IClassFixture<BrokerFixture>
{
    private readonly BrokerProcess _running = fixture.Broker;

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var folder = await UsedDirectory();
        await Refused(
            folder,
            $"error: listeners: PLAINTEXT://{_running.Bootstrap} is in use by another program; "
                + "stop it or choose another port",
            $"listeners=PLAINTEXT://{_running.Bootstrap}",
            $"log.dirs={folder.Inside("a")}");
    }

    [Fact]
    public async Task A_directory_that_another_process_has_is_named_with_the_process()
    {
        using var folder = new TemporaryFolder();
        await Refused(
            folder,
            $"error: log.dirs: {_running.Directory} is in use by process {Text(_running.ProcessId)}; "
                + "stop it or use another directory",
            $"log.dirs={_running.Directory}");
    }

    [UnprivilegedFact]
    public async Task A_directory_that_may_not_be_written_is_named()
    {
        using var folder = await UsedDirectory();
        UnprivilegedUser.Forbid(folder.Path);
        await Refused(
            folder,
            $"error: log.dirs: {folder.Path} cannot be written by this user; "
                + "change its permissions or name another directory",
            UnprivilegedUser.Command(
                TestbedProgram.Start([TestbedProgram.AnyPort, $"log.dirs={folder.Path}"])));
        // A directory to be made in it is no better.
        await Refused(
            folder,
            $"error: log.dirs: {folder.Path} cannot be written by this user; "
                + "change its permissions or name another directory",
            UnprivilegedUser.Command(TestbedProgram.Start(
                [TestbedProgram.AnyPort, $"log.dirs={folder.Inside("new")}"])));
    }

    [Fact]
    public async Task A_directory_of_another_cluster_is_named_with_both_clusters()
    {
        const string Other = "AAAAAAAAAAAAAAAAAAAAAA";
        using var folder = await UsedDirectory();
        var directory = folder.Inside("a");
        await Refused(
            folder,
            $"error: log.dirs: {directory} belongs to cluster {Property(directory, "cluster.id")}, "
                + $"but cluster.id is {Other}; set cluster.id to the directory's or use another directory",
            $"log.dirs={directory}",
            $"cluster.id={Other}");
    }

    [Fact]
    public async Task A_directory_of_another_node_is_named_with_both_nodes()
    {
        using var folder = await UsedDirectory();
        await Refused(
            folder,
            $"error: log.dirs: {folder.Inside("a")} belongs to node 1, but node.id is 7; "
                + "set node.id to the directory's or use another directory",
            $"log.dirs={folder.Inside("a")}",
            "node.id=7");
    }

    [Fact]
    public async Task Directories_of_two_clusters_are_named()
    {
        using var folder = await UsedDirectory("a", "b");
        var (a, b) = (folder.Inside("a"), folder.Inside("b"));
        await Refused(
            folder,
            $"error: log.dirs: {a} belongs to cluster {Property(a, "cluster.id")} "
                + $"and {b} to cluster {Property(b, "cluster.id")}; name only directories of one cluster",
            $"log.dirs={a},{b}");
    }

    [Fact]
    public async Task A_directory_and_its_copy_are_named()
    {
        using var folder = await UsedDirectory();
        var (a, b) = (folder.Inside("a"), folder.Inside("b"));
        Directory.CreateDirectory(b);
        File.Copy(Path.Combine(a, "meta.properties"), Path.Combine(b, "meta.properties"));
        await Refused(
            folder,
            $"error: log.dirs: {a} and {b} have the same directory.id; "
                + "one is a copy of the other, name only one of them",
            $"log.dirs={a},{b}");
    }

    [Theory]
    [InlineData(
        "num.partitions=many",
        "error: num.partitions=many: a value of type int (a whole number of 32 bits) is expected")]
    [InlineData("num.partitions=0", "error: num.partitions=0: allowed is 1 or more")]
    [InlineData(
        "listeners=127.0.0.1:9092",
        "error: listeners=127.0.0.1:9092: a listener looks like PLAINTEXT://host:port, "
            + "with a port of 0 to 65535")]
    [InlineData(
        "listeners=SASL_SSL://127.0.0.1:0",
        "error: listeners: listener SASL_SSL asks for SASL_SSL, "
            + "which Testbed does not have yet; use PLAINTEXT")]
    public async Task A_bad_value_is_named_with_what_is_allowed(string setting, string expected)
    {
        using var folder = await UsedDirectory();
        await Refused(folder, expected, $"log.dirs={folder.Inside("a")}", setting);
    }

    [Fact]
    public async Task A_name_that_nobody_knows_is_one_warning_with_the_nearest_name()
    {
        await using var broker = await BrokerProcess.Start("num.partition=3");
        Assert.Equal(
            "warning: num.partition is not a setting of Kafka or of Testbed and is ignored; "
                + $"did you mean num.partitions?{Environment.NewLine}",
            broker.Log);
    }

    [Fact]
    public async Task A_setting_of_Kafka_that_does_nothing_here_is_one_warning()
    {
        await using var broker = await BrokerProcess.Start("log.cleaner.threads=1");
        Assert.Equal(
            "warning: log.cleaner.threads is a setting of Kafka that Testbed does not have yet; it is ignored"
                + Environment.NewLine,
            broker.Log);
    }

    /// <summary>Folders that a broker has been in, each as a broker and cluster of its own.</summary>
    private static async Task<TemporaryFolder> UsedDirectory(params string[] names)
    {
        var folder = new TemporaryFolder();
        foreach (var name in names.DefaultIfEmpty("a"))
        {
            await using var broker = await BrokerProcess.Start();
            await broker.Stop();
            Directory.Move(broker.Directory, folder.Inside(name));
        }
        return folder;
    }

    private static Task Refused(TemporaryFolder folder, string expected, params string[] settings)
    {
        var isListening = settings.Any(static one => one.StartsWith("listeners="));
        IEnumerable<string> listener = isListening ? [] : [TestbedProgram.AnyPort];
        return Refused(folder, expected, TestbedProgram.Start(listener.Concat(settings)));
    }

    private static async Task Refused(TemporaryFolder folder, string expected, CommandLine command)
    {
        var before = TemporaryFolder.Listing(folder.Path);
        var run = await ClientProgram.Run(command);
        Assert.Equal(expected + Environment.NewLine, run.Errors);
        Assert.Equal("", run.Text);
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(before, TemporaryFolder.Listing(folder.Path));
    }

    private static string Property(string directory, string name) =>
        File.ReadLines(Path.Combine(directory, "meta.properties"))
            .Single(line => line.StartsWith(name + "="))[(name.Length + 1)..];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
