using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace Testbed.Tests.Fence;

/// <summary>
/// Rules about the characters of a file. Words they look for are written in two parts, or they would find
/// themselves.
/// </summary>
internal static partial class TextRules
{
    private const int WidthMax = 110;
    private const int TimeoutMs = 10_000;

    public static IEnumerable<string> CleanLines(TidyFile file) => IsOwnedByTool(file) ? [] : Numbered(file)
        .Where(line => line.Text.EndsWith('\r') || line.Text.EndsWith(' ') || line.Text.Contains('\t'))
        .Select(line => file.At(line.Number, "has a carriage return, a tab or a blank at the end"));

    public static IEnumerable<string> FinalNewline(TidyFile file) =>
        file.Text.Length == 0
            || IsOwnedByTool(file)
            || (file.Text.EndsWith('\n') && !file.Text.EndsWith("\n\n"))
            ? []
            : [file.At(file.LineCount, "does not end with exactly one newline")];

    public static IEnumerable<string> Width(TidyFile file) => !file.IsCode ? [] : Numbered(file)
        .Where(line => line.Text.Length > WidthMax)
        .Select(line => file.At(line.Number, $"has {line.Text.Length} columns"));

    /// <summary>
    /// Paths of somebody's machine, and hosts of package registries: the project builds wherever it lies.
    /// </summary>
    public static IEnumerable<string> MachineNames(TidyFile file) => Numbered(file)
        .Where(line => MachinePath().IsMatch(line.Text) || RegistryHost().IsMatch(line.Text))
        .Select(line => file.At(line.Number, "names a machine's path or a package registry"));

    public static IEnumerable<string> UnfinishedWork(TidyFile file) => !file.IsCode ? [] : Numbered(file)
        .Where(line => Unfinished().IsMatch(line.Text))
        .Select(line => file.At(line.Number, "marks unfinished work"));

    /// <summary>Nothing turns the analyzer of banned symbols off, whole or for a line.</summary>
    public static IEnumerable<string> OpenFences(TidyFile file) =>
        file.Path.StartsWith("tests/Fence/") || file.Path.EndsWith(".md") ? [] : Numbered(file)
            .Where(line => line.Text.Contains("RS0030") || line.Text.Contains("exclude_generated_code"))
            .Select(line => file.At(line.Number, "speaks to the analyzer of banned symbols"));

    /// <summary>The solution and the lock files are written by the SDK, in its own manner.</summary>
    private static bool IsOwnedByTool(TidyFile file) =>
        file.Path.EndsWith(".sln") || file.Path.EndsWith("packages.lock.json");

    private static IEnumerable<(int Number, string Text)> Numbered(TidyFile file) =>
        file.Lines.Select((text, index) => (index + 1, text));

    [GeneratedRegex(
        """(?<![\w.~-])/(ho[m]e|ro[o]t|wo[r]k|Us[e]rs)/|\b[CD]:\\\w""",
        RegexOptions.ExplicitCapture,
        TimeoutMs)]
    private static partial Regex MachinePath();

    [GeneratedRegex(
        """nu[g]et\.org/|np[m]js\.(org|com)|ya[r]npkg\.com|py[p]i\.org|pyth[o]nhosted\.org""",
        RegexOptions.ExplicitCapture,
        TimeoutMs)]
    private static partial Regex RegistryHost();

    [GeneratedRegex("""\b(FI[X]ME|TO[D]O|HA[C]K|XX[X])\b""", RegexOptions.ExplicitCapture, TimeoutMs)]
    private static partial Regex Unfinished();
}
