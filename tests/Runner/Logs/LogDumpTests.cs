using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Runner;
using Testbed.Wire.Records;
using Xunit;

namespace Testbed.Tests.Runner.Logs;

public sealed class LogDumpTests(GoldenDirectories golden) : IClassFixture<GoldenDirectories>
{
    private const string Txn = "single-clean/data1/txn-0";

    private static readonly string[] BatchMembers =
    [
        "baseOffset", "lastOffset", "count", "baseSequence", "lastSequence", "producerId", "producerEpoch",
        "partitionLeaderEpoch", "transactional", "control", "deleteHorizon", "position", "timestampType",
        "maxTimestamp", "size", "magic", "codec", "crc", "valid",
    ];

    [KafkaDumpFact]
    public async Task Batches_and_entries_are_those_of_Kafkas_dump_tool()
    {
        var (files, lines) = (0, 0);
        var dumps = Directory.GetFiles(
            KafkaDumpFactAttribute.Folder!, "*-?.txt", SearchOption.AllDirectories);
        foreach (var dump in dumps)
        {
            var caseFolder = Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(dump)!)!);
            foreach (var (file, expected) in KafkaDump.Read(dump))
            {
                if (Path.GetExtension(file) is not (".log" or ".index" or ".timeindex"))
                {
                    continue;
                }
                var run = await Dump($"{caseFolder}/{file}", "--json");
                Assert.Equal(expected, run.Lines.Select(Said).Where(static said => said.Length > 0));
                files++;
                lines += expected.Count;
            }
        }
        Assert.True(files > 350 && lines > 3_000, $"{files} files, {lines} lines");
    }

    [Fact]
    public async Task Every_kind_of_file_is_dumped()
    {
        await Shows($"{Txn}/00000000000000000000.index", "24        1451");
        await Shows($"{Txn}/00000000000000000000.timeindex", "1795229516175", "24");
        await Shows($"{Txn}/00000000000000000000.txnindex", "first offset", "26", "51", "52");
        await Shows($"{Txn}/00000000000000000350.snapshot", "coordinator epoch", "281");
        await Shows($"{Txn}/leader-epoch-checkpoint", "start offset");
        await Shows($"{Txn}/partition.metadata", "topic_id: DCIyReIyRHa4PrbeozNdKg");
        await Shows("single-clean/data1/recovery-point-offset-checkpoint", "374  txn");
        await Shows("single-clean/data1/__cluster_metadata-0/quorum-state", "\"leaderId\":1");
        await Shows(
            "single-clean/data1/bootstrap.checkpoint", "control SnapshotHeader", "control SnapshotFooter");
        await Shows(
            "single-clean/data1/__consumer_offsets-0/00000000000000000053.log.deleted", "key base64:");
    }

    [Fact]
    public async Task Records_stand_below_their_batch()
    {
        var run = await Dump($"{Txn}/00000000000000000350.log", "--records");

        Assert.Equal("txn-0/00000000000000000350.log, 2725 bytes", run.Lines[0]);
        Assert.Contains("sequence 0  key \"tx-many-1-0\"  value \"value-0-7b528bf8134c9d4f-", run.Lines[3]);
        Assert.EndsWith("  header \"n\" \"0\"  header \"null\" null", run.Lines[3]);
        Assert.Contains("control Abort coordinator epoch 0  key base64:", run.Lines[5]);
    }

    [Fact]
    public async Task Records_in_JSON_are_objects_of_their_own()
    {
        var run = await Dump($"{Txn}/00000000000000000350.log", "--records", "--json");

        using var record = JsonDocument.Parse(run.Lines[1]);
        Assert.Equal("record", record.RootElement.GetProperty("kind").GetString());
        Assert.Equal(350, record.RootElement.GetProperty("offset").GetInt64());
        Assert.Equal("tx-many-1-0", record.RootElement.GetProperty("key").GetString());
    }

    [Fact]
    public async Task A_directory_is_dumped_segment_by_segment_and_with_index_whole()
    {
        var logs = await Dump(Txn);
        var all = await Dump(Txn, "--index");

        Assert.Equal(5, logs.Lines.Count(static line => line.EndsWith(" bytes")));
        Assert.Equal(
            Directory.GetFiles(golden.PathOf(Txn)).Length,
            all.Lines.Count(static line => line.EndsWith(" bytes")));
    }

    [Fact]
    public async Task Damaged_batches_are_shown_and_told()
    {
        var path = "single-damaged/before/__consumer_offsets-1/00000000000000000000.log";

        var run = await Dump(path, "--json");

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Single(run.Lines, static line => line.Contains("\"valid\":false"));
        Assert.Contains("bytes 868 to 1001 are no sound batch", run.Lines[^1]);
    }

    [Fact]
    public async Task Verify_adds_what_other_files_know_of_the_file()
    {
        const string Name = "plain-lz4-0/leader-epoch-checkpoint";
        await File.WriteAllTextAsync(golden.PathOf($"single-clean/data1/{Name}"), "0\n1\n3 0\n");

        var plain = await Dump($"single-clean/data1/{Name}");
        var verified = await Dump($"single-clean/data1/{Name}", "--verify");
        await File.WriteAllTextAsync(golden.PathOf($"single-clean/data1/{Name}"), "3 0\n");
        var broken = await Dump($"single-clean/data1/{Name}");

        Assert.Equal(ExitCode.Ok, plain.ExitCode);
        Assert.Equal(ExitCode.Failed, verified.ExitCode);
        Assert.Contains(
            $"problem {Name}: offset 0 is of epoch 3 here and of epoch 0 in the log", verified.Text);
        Assert.Equal(ExitCode.Failed, broken.ExitCode);
        Assert.Contains($"problem {Name}: version '3 0' is not known", broken.Text);
    }

    [Fact]
    public async Task A_batch_larger_than_what_is_read_at_once_is_read_whole()
    {
        var builder = new RecordBatchBuilder(new BufferPool(1 << 24, poison: false));
        builder.Begin(RecordBatchOptions.Default);
        builder.Append(1, "k"u8, new byte[3_000_000]);
        Assert.Equal(CompressStatus.Ok, builder.Build(out var batch));
        Directory.CreateDirectory(golden.PathOf("large-0"));
        var path = golden.PathOf("large-0/00000000000000000000.log");
        await File.WriteAllBytesAsync(path, batch.Memory);

        var run = await Dump("large-0/00000000000000000000.log", "--json");

        Assert.Single(run.Lines);
        Assert.Contains("\"valid\":true", run.Text);
        Assert.Equal(ExitCode.Ok, run.ExitCode);
    }

    /// <summary>Behind Kafka's rows is what Kafka forgets; its tool takes the file for good.</summary>
    [KafkaFact]
    public async Task Kafkas_dump_tool_reads_our_snapshot_with_its_section_behind()
    {
        var states = new ProducerStates();
        for (var i = 0; i < 7; i++)
        {
            var batch = new SequencedBatch(new ProducerId(4000), 2, i, i);
            states.OnAppended(batch, new Offset(i), new Offset(i + 1), 1000 + i, new Instant(0));
        }
        var path = golden.PathOf("00000000000000000007.snapshot");
        await File.WriteAllBytesAsync(path, ProducerSnapshot.Format(states));
        Assert.Equal(10 + 46 + 8 + 4 * 40, new FileInfo(path).Length);

        var printed = await KafkaPrograms.Run("", "dump-log", "--files", path);

        Assert.Contains("producerId: 4000 producerEpoch: 2 coordinatorEpoch: -1", printed);
        Assert.Contains("firstSequence: 6 lastSequence: 6 lastOffset: 6", printed);
        Assert.DoesNotContain("Exception", printed);
    }

    private async Task Shows(string path, params string[] said)
    {
        var run = await Dump(path, "--records");
        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        Assert.All(said, text => Assert.Contains(text, run.Text));
    }

    private async Task<Invocation> Dump(string path, params IEnumerable<string> flags) =>
        await Invocation.Run(["log", "dump", golden.PathOf(path), .. flags]);

    /// <summary>One line of JSON in the words of <see cref="KafkaDump"/>; empty for other kinds.</summary>
    private static string Said(string line)
    {
        using var document = JsonDocument.Parse(line);
        var row = document.RootElement;
        string[] members = row.GetProperty("kind").GetString() switch
        {
            "batch" => BatchMembers,
            "offsetIndexEntry" => ["offset", "position"],
            "timeIndexEntry" => ["timestamp", "offset"],
            _ => [],
        };
        return string.Join(' ', members.Select(member => row.GetProperty(member).ToString()));
    }
}
