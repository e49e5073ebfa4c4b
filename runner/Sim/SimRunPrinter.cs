using System;
using System.Globalization;
using System.Text.Json;
using Testbed.Foundation;
using Testbed.Sim;

namespace Testbed.Runner.Sim;

/// <summary>
/// Prints what came of seeds, each as soon as it is known: the verdict on one line, below the broken promise
/// if there is one; or a JSON object.
/// </summary>
internal sealed class SimRunPrinter(Output output, bool isJson)
{
    public void Print(SimRunResult result)
    {
        if (isJson)
        {
            output.WriteJson(json => Write(json, result));
        }
        else
        {
            PrintLines(result);
        }
        output.Flush();
    }

    private void PrintLines(SimRunResult result)
    {
        var report = result.Report;
        if (report.Violation is { } violation)
        {
            var culprit = violation.Node == NodeId.None ? "the world" : $"node {violation.Node}";
            output.WriteLine($"broken promise: {violation.Invariant}");
            output.WriteLine($"  by {culprit} at {violation.Time} s of virtual time");
            output.WriteLine($"  again: {SimRunFlags.Replay(result.Settings)}");
        }
        var verdict = result.IsOk ? "ok" : "FAILED";
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"seed {report.Seed} {verdict} events={report.Events} hash={report.Hash:x16} "
            + $"acknowledged={result.AcknowledgedCount} "
            + $"simulated={Seconds(report.SimulatedTime):F1}s wall={result.Wall.TotalSeconds:F2}s"));
    }

    private static void Write(Utf8JsonWriter json, SimRunResult result)
    {
        var report = result.Report;
        json.WriteStartObject();
        json.WriteNumber("seed", report.Seed);
        json.WriteBoolean("ok", result.IsOk);
        json.WriteNumber("events", report.Events);
        json.WriteString("hash", report.Hash.ToString("x16", CultureInfo.InvariantCulture));
        json.WriteNumber("acknowledged", result.AcknowledgedCount);
        json.WriteNumber("simulatedSeconds", Seconds(report.SimulatedTime));
        json.WriteNumber("wallSeconds", Math.Round(result.Wall.TotalSeconds, 3));
        if (report.Violation is { } violation)
        {
            Write(json, violation);
            json.WriteString("replay", SimRunFlags.Replay(result.Settings));
        }
        json.WriteEndObject();
    }

    /// <summary>The node is null where the world itself broke the promise.</summary>
    private static void Write(Utf8JsonWriter json, Violation violation)
    {
        json.WriteString("violation", violation.Invariant);
        if (violation.Node == NodeId.None)
        {
            json.WriteNull("node");
        }
        else
        {
            json.WriteNumber("node", violation.Node.Value);
        }
        json.WriteNumber("timeSeconds", Seconds(violation.Time));
    }

    private static double Seconds(Instant time) => time.Ticks / (double)TimeSpan.TicksPerSecond;
}
