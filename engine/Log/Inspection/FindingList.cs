using System.Collections.Generic;

namespace Testbed.Log;

/// <summary>
/// The findings of an inspection, in the order they were made. Of one file at most
/// <see cref="MaxPerFile"/> are kept: what is behind a first damage is often the same once more.
/// </summary>
public sealed class FindingList
{
    public const int MaxPerFile = 20;

    private readonly List<Finding> _all = [];
    private readonly Dictionary<string, int> _countByFile = [];

    public IReadOnlyList<Finding> All => _all;

    public int ProblemCount { get; private set; }

    public int NoteCount { get; private set; }

    public void Note(string file, string text) => Add(new Finding(FindingLevel.Note, file, text));

    public void Problem(string file, string text) => Add(new Finding(FindingLevel.Problem, file, text));

    /// <summary>A problem, or a note where it is what a crash may leave.</summary>
    public void Tell(bool isCrashLeft, string file, string text) =>
        Add(new Finding(isCrashLeft ? FindingLevel.Note : FindingLevel.Problem, file, text));

    private void Add(in Finding finding)
    {
        if (finding.Level == FindingLevel.Problem)
        {
            ProblemCount++;
        }
        else
        {
            NoteCount++;
        }
        var count = _countByFile.GetValueOrDefault(finding.File) + 1;
        _countByFile[finding.File] = count;
        if (count <= MaxPerFile)
        {
            _all.Add(finding);
        }
        else if (count == MaxPerFile + 1)
        {
            _all.Add(finding with { Text = "there is more of this kind" });
        }
    }
}
