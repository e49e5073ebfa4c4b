using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Testbed.Runner;
using Xunit;

namespace Testbed.Tests.Runner;

/// <summary>Ctrl-C and SIGTERM: a clean end, however long it takes, and nothing lost.</summary>
public sealed class InterruptionTests(OwnBroker broker) : IClassFixture<OwnBroker>
{
    /// <summary>A pipe takes this many bytes at once or none (PIPE_BUF).</summary>
    private const int AtOnceBytes = 4096;

    private string[] Address => ["--bootstrap-server", broker.Address];

    [Fact]
    public Task A_broker_stops_cleanly_on_SIGTERM() => StopBroker(PosixSignal.SIGTERM);

    [InterruptFact]
    public Task A_broker_stops_cleanly_on_SIGINT() => StopBroker(PosixSignal.SIGINT);

    [Fact]
    public Task All_that_a_producer_has_read_is_stored_after_SIGTERM() => StopProducer(PosixSignal.SIGTERM);

    [InterruptFact]
    public Task All_that_a_producer_has_read_is_stored_after_SIGINT() => StopProducer(PosixSignal.SIGINT);

    [Theory]
    [InlineData("")]
    [InlineData(" --sync")]
    public async Task Lines_that_are_being_read_when_it_is_interrupted_are_sent(string flags)
    {
        var topic = "reading" + flags.Trim();
        await Run($"topics --create --topic {topic}");
        using var stop = new CancellationTokenSource();
        const int Count = 2_000;
        var lines = string.Concat(Enumerable.Range(0, Count).Select(i => $"line {i}\n"));
        using var input = new InputOfSteps(Encoding.ASCII.GetBytes(lines + "no whole lin"), stop.Cancel);
        var produced = await Invocation.RunWith(
            input, stop.Token, [.. $"produce --topic {topic}{flags}".Split(' '), .. Address]);
        Assert.Equal(
            (ExitCode.Interrupted, $"{Count} records produced\n"), (produced.ExitCode, produced.Error));
        var stored = await Run($"consume --topic {topic} --from-beginning --exit-at-end");
        Assert.Equal(lines, stored.Text);
    }

    [Theory]
    [InlineData("ends-never", "", ExitCode.Ok)]
    [InlineData("ends-later", " --max-messages 9", ExitCode.Interrupted)]
    public async Task A_consumer_is_interrupted_before_its_end_if_it_has_one(
        string topic, string flags, int expected)
    {
        await Run($"topics --create --topic {topic}");
        await Invocation.RunWith(
            "a\n"u8.ToArray(), [.. $"produce --topic {topic}".Split(' '), .. Address]);
        using var stop = new CancellationTokenSource();
        using var printed = new OutputThatTells(stop.Cancel);
        using var error = new StringWriter { NewLine = "\n" };
        using var output = new Output(Stream.Null, printed, error);
        var exitCode = await CommandLine.Run(
            [.. $"consume --topic {topic} --from-beginning{flags}".Split(' '), .. Address],
            output,
            stop.Token);
        Assert.Equal((expected, "1 records consumed\n"), (exitCode, error.ToString()));
    }

    private static async Task StopBroker(PosixSignal signal)
    {
        var directory = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            using var process = new TestbedProcess(
                "start",
                "--override", "listeners=PLAINTEXT://127.0.0.1:0",
                "--override", $"log.dirs={directory}");
            Assert.StartsWith("broker 1 of cluster ", await process.ReadLine());
            process.Signal(signal);
            Assert.Equal((ExitCode.Ok, $"stopping{Environment.NewLine}"), await process.End());
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private async Task StopProducer(PosixSignal signal)
    {
        const int Count = AtOnceBytes / 4;
        await Run($"topics --create --topic signal-{signal}");
        using var process = new TestbedProcess(
            "produce", "--topic", $"signal-{signal}", "--sync", "--bootstrap-server", broker.Address);
        var lines = Enumerable.Range(0, Count).Select(i => $"{i % 1000:D3}\n");
        await process.Input.WriteAsync(Encoding.ASCII.GetBytes(string.Concat(lines)));
        await process.Input.FlushAsync();
        // One record is there: the lines have been read, and most of them wait to be sent one by one.
        await Run($"consume --topic signal-{signal} --from-beginning --max-messages 1");
        process.Signal(signal);
        Assert.Equal(
            (ExitCode.Interrupted, $"{Count} records produced{Environment.NewLine}"), await process.End());
        var stored = await Run($"consume --topic signal-{signal} --from-beginning --exit-at-end");
        Assert.Equal(Count, stored.Lines.Length);
    }

    private Task<Invocation> Run(string commandLine) =>
        Invocation.Run([.. commandLine.Split(' '), .. Address]);
}
