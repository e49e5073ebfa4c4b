using System;

namespace Testbed.Tests.Interop;

/// <summary>Why a scenario may fail: on purpose, or for want of an API.</summary>
internal enum DifferenceKind
{
    Difference,
    Later,
}

/// <summary>
/// A line of differences.txt, counted from 1. The name is AREA/SCENARIO, or AREA/, the beginning of a name
/// and a star.
/// </summary>
internal sealed record ListedDifference(DifferenceKind Kind, string Name, string Reason, int LineNumber)
{
    public string Area => Name[..Name.IndexOf('/')];

    public bool IsWildcard => Name.EndsWith('*');

    /// <summary>The first word of the reason: of a `later`, the API that is missing.</summary>
    public string Api => Reason.Split(' ')[0];

    public bool Covers(string scenario) =>
        IsWildcard ? scenario.StartsWith(Name[..^1], StringComparison.Ordinal) : scenario == Name;
}
