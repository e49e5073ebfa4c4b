using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Testbed.Tests.Interop;

/// <summary>How one scenario went: where the answer differs, or null.</summary>
internal sealed record ScenarioResult(string Name, string? Failure)
{
    public string Area => Name[..Name.IndexOf('/')];

    /// <summary>
    /// What the kit printed: `ok NAME` or `FAIL NAME: FAILURE` a line, and `N passed, M failed` at the end.
    /// </summary>
    /// <exception cref="FormatException">
    /// The last line is missing or counts otherwise: the run was cut short.
    /// </exception>
    public static IReadOnlyList<ScenarioResult> ParseAll(IReadOnlyList<string> lines)
    {
        var results = lines.Select(TryParse).OfType<ScenarioResult>().ToList();
        var passed = results.Count(static result => result.Failure is null);
        var total = string.Create(
            CultureInfo.InvariantCulture, $"{passed} passed, {results.Count - passed} failed");
        return Last(lines) == total
            ? results
            : throw new FormatException($"the run does not end with `{total}` but with `{Last(lines)}`");
    }

    private static ScenarioResult? TryParse(string line)
    {
        if (line.StartsWith("ok "))
        {
            return new ScenarioResult(line["ok ".Length..].Trim(), null);
        }
        if (!line.StartsWith("FAIL "))
        {
            return null;
        }
        var nameEnd = line.IndexOf(": ", StringComparison.Ordinal);
        return new ScenarioResult(line["FAIL ".Length..nameEnd], line[(nameEnd + 2)..]);
    }

    private static string Last(IReadOnlyList<string> lines) => lines.Count > 0 ? lines[^1] : "";
}
