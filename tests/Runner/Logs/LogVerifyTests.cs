using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;
using System.Threading.Tasks;
using Testbed.Runner;
using Xunit;

namespace Testbed.Tests.Runner.Logs;

public sealed class LogVerifyTests(GoldenDirectories golden) : IClassFixture<GoldenDirectories>
{
    [Theory]
    [InlineData("cluster3-clean/data1", "10 partitions, 15 segments, 363 batches; 0 problems, 0 notes")]
    [InlineData("cluster3-clean/data2", "10 partitions, 14 segments, 355 batches; 0 problems, 0 notes")]
    [InlineData("cluster3-clean/data3", "10 partitions, 15 segments, 363 batches; 0 problems, 0 notes")]
    [InlineData("dynamic-quorum/data1", "7 partitions, 11 segments, 186 batches; 0 problems, 0 notes")]
    [InlineData("single-clean/data1", "26 partitions, 58 segments, 835 batches; 0 problems, 19 notes")]
    [InlineData("single-damaged/data1", "7 partitions, 11 segments, 205 batches; 0 problems, 0 notes")]
    [InlineData("single-killed/data1", "7 partitions, 11 segments, 176 batches; 0 problems, 2 notes")]
    [InlineData(
        "single-killed-reopened/data1", "7 partitions, 11 segments, 211 batches; 0 problems, 0 notes")]
    [InlineData("single-clean/data1/txn-0", "1 partition, 5 segments, 99 batches; 0 problems, 0 notes")]
    public async Task What_Kafka_left_is_ok(string directory, string verdict)
    {
        var run = await Invocation.Run("log", "verify", golden.PathOf(directory));

        Assert.Equal("", run.Error);
        Assert.Equal("ok: " + verdict, run.Lines[^1]);
        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.All(run.Lines[..^1], static line => Assert.StartsWith("note ", line));
    }

    /// <summary>The damage is that of the case's own list, and what followed from it.</summary>
    [Fact]
    public async Task Every_damage_is_told()
    {
        var run = await Invocation.Run("log", "verify", golden.PathOf("single-damaged/before"));

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Told("problem", "__consumer_offsets-1/00000000000000000000.log: bytes 868 to 1001 are no sound");
        Told("problem", "__transaction_state-0/00000000000000000000.timeindex: 5 bytes are no whole number");
        Told("note", "__transaction_state-0/00000000000000000000.index: is missing");
        Told("note", "plain-0/00000000000000000136.log: torn tail");
        Told("note", "plain-0/00000000000000000000.log.cleaned: is left over");
        Told("note", "plain-0/00000000000000000777.log.deleted: is left over");
        Told("note", "txn-0/00000000000000000270.log: torn tail");
        Told("note", "txn-0/00000000000000000091.snapshot: is missing");
        Told("note", "replication-offset-checkpoint: plain-0 has offset 143, beyond the log's end 136");
        Assert.EndsWith("2 problems, 11 notes", run.Lines[^1]);

        void Told(string level, string text) => Assert.Contains(
            run.Lines, line => line.StartsWith(level) && line.Contains(text));
    }

    [Fact]
    public async Task Findings_and_the_verdict_are_JSON_if_wanted()
    {
        var run = await Invocation.Run("log", "verify", golden.PathOf("single-damaged/before"), "--json");

        var kinds = run.Lines.Select(static line => JsonDocument.Parse(line).RootElement)
            .Select(static each => each.GetProperty("kind").GetString()).ToList();
        Assert.Equal(2, kinds.Count(static kind => kind == "problem"));
        Assert.Equal("verdict", kinds[^1]);
        Assert.Contains("\"ok\":false", run.Lines[^1]);
    }

    [Fact]
    public async Task Nothing_is_changed()
    {
        var before = State();

        await Invocation.Run("log", "verify", golden.PathOf("single-damaged/before"));
        await Invocation.Run(
            "log", "dump", golden.PathOf("single-damaged/before/txn-0"), "--index", "--verify");

        Assert.Equal(before, State());
    }

    [Fact]
    public async Task A_log_that_is_written_to_meanwhile_has_no_problem()
    {
        var partition = Directory.CreateTempSubdirectory("testbed-verify-").FullName;
        foreach (var file in Directory.GetFiles(golden.PathOf("single-killed/data1/txn-0")))
        {
            File.Copy(file, Path.Combine(partition, Path.GetFileName(file)));
        }
        var log = Path.Combine(partition, "00000000000000000270.log");
        using (var writer = new FileStream(log, FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
        {
            writer.Write(File.ReadAllBytes(log).AsSpan(0, 100));
            writer.Flush();
            var run = await Invocation.Run("log", "verify", partition);

            Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
            Assert.Contains("torn tail", run.Text);
        }
        Directory.Delete(partition, recursive: true);
    }

    private List<string> State() =>
        Directory.GetFiles(golden.PathOf("single-damaged/before"), "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(static path => path + Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))
                + File.GetLastWriteTimeUtc(path).Ticks)
            .ToList();
}
