using System;
using System.Collections.Generic;
using System.Linq;

namespace Testbed.Tests.Interop;

/// <summary>differences.txt: reads it, and judges what a run of the scenarios reported by it.</summary>
internal sealed class DifferenceList
{
    public const int DifferencesMax = 15;

    /// <summary>The one area where a star may stand for many scenarios.</summary>
    private const string WildcardArea = "configs";

    private readonly List<ListedDifference> _listed = [];

    private DifferenceList()
    {
    }

    public IReadOnlyList<ListedDifference> Listed => _listed;

    /// <exception cref="FormatException">A line is not of the form that the file describes.</exception>
    public static DifferenceList Parse(string text)
    {
        var list = new DifferenceList();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (line.Length > 0 && line[0] != '#')
            {
                list.Add(ParseLine(line, number));
            }
        }
        return list;
    }

    /// <summary>Everything that is not as listed, in words; nothing when the run is fine.</summary>
    /// <param name="results">The scenarios that ran, with what was wrong, or null.</param>
    /// <param name="areas">The areas that ran: lines about others are not judged.</param>
    public IReadOnlyList<string> Judge(
        IReadOnlyList<ScenarioResult> results, IReadOnlyCollection<string> areas)
    {
        var unlisted = results
            .Where(result => result.Failure is not null && !_listed.Exists(line => line.Covers(result.Name)))
            .Select(static result => $"{result.Name} fails: {result.Failure}");
        var stale = _listed
            .Where(line => areas.Contains(line.Area))
            .SelectMany(line => Stale(line, [.. results.Where(result => line.Covers(result.Name))]));
        return [.. unlisted, .. stale];
    }

    private static IEnumerable<string> Stale(ListedDifference line, ScenarioResult[] covered) =>
        covered.Length == 0
            ? [$"line {line.LineNumber}: there is no scenario {line.Name}"]
            : covered
                .Where(static result => result.Failure is null)
                .Select(result =>
                    $"line {line.LineNumber}: {result.Name} passes; it need not be listed any more");

    private static ListedDifference ParseLine(string line, int number)
    {
        var kindEnd = line.IndexOf(' ');
        var nameEnd = line.IndexOf(": ", StringComparison.Ordinal);
        var kind = kindEnd < 0 ? "" : line[..kindEnd];
        if (kind is not ("difference" or "later") || nameEnd < kindEnd)
        {
            throw new FormatException(
                $"line {number} is not `difference NAME: REASON` or `later NAME: API REASON`");
        }
        var name = line[(kindEnd + 1)..nameEnd];
        var reason = line[(nameEnd + 2)..].Trim();
        if (!name.Contains('/') || reason.Split(' ').Length < 3)
        {
            throw new FormatException($"line {number} has no AREA/SCENARIO or no reason in words");
        }
        return new ListedDifference(
            kind == "later" ? DifferenceKind.Later : DifferenceKind.Difference, name, reason, number);
    }

    private void Add(ListedDifference line)
    {
        if (_listed.Exists(other => other.Covers(line.Name) || line.Covers(other.Name)))
        {
            throw new FormatException($"line {line.LineNumber} names {line.Name} again");
        }
        if (line.IsWildcard && (line.Area != WildcardArea || line.Kind != DifferenceKind.Later))
        {
            throw new FormatException(
                $"line {line.LineNumber}: a star is for what comes later in {WildcardArea} only");
        }
        _listed.Add(line);
        if (_listed.Count(static one => one.Kind == DifferenceKind.Difference) > DifferencesMax)
        {
            throw new FormatException(
                $"line {line.LineNumber} is one difference too many: {DifferencesMax} are allowed");
        }
    }
}
