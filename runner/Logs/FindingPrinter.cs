using System.Text.Json;
using Testbed.Log;

namespace Testbed.Runner.Logs;

/// <summary>Prints findings, one a line, as text or JSON.</summary>
internal sealed class FindingPrinter(Output output, bool isJson)
{
    public void Print(in Finding finding)
    {
        var level = finding.Level == FindingLevel.Problem ? "problem" : "note";
        var (file, text) = (finding.File, finding.Text);
        if (!isJson)
        {
            output.WriteLine($"{level,-7} {file}: {text}");
            return;
        }
        output.WriteJson(json =>
        {
            json.WriteStartObject();
            json.WriteString("kind", level);
            json.WriteString("file", file);
            json.WriteString("text", text);
            json.WriteEndObject();
        });
    }

    /// <summary>The verdict: always the last line.</summary>
    public void PrintEnd(LogDirectoryVerifier done, FindingList findings)
    {
        if (!isJson)
        {
            var verdict = findings.ProblemCount == 0 ? "ok" : "damaged";
            output.WriteLine(
                $"{verdict}: {Count(done.PartitionCount, "partition")}, "
                + $"{Count(done.SegmentCount, "segment")}, "
                + $"{done.BatchCount} batches; {Count(findings.ProblemCount, "problem")}, "
                + Count(findings.NoteCount, "note"));
            return;
        }
        output.WriteJson(json => Write(json, done, findings));
    }

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    private static void Write(Utf8JsonWriter json, LogDirectoryVerifier done, FindingList findings)
    {
        json.WriteStartObject();
        json.WriteString("kind", "verdict");
        json.WriteBoolean("ok", findings.ProblemCount == 0);
        json.WriteNumber("partitions", done.PartitionCount);
        json.WriteNumber("segments", done.SegmentCount);
        json.WriteNumber("batches", done.BatchCount);
        json.WriteNumber("problems", findings.ProblemCount);
        json.WriteNumber("notes", findings.NoteCount);
        json.WriteEndObject();
    }
}
