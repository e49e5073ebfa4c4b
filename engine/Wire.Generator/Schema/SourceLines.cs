using System.Collections.Generic;

namespace Testbed.Wire.Generator.Schema;

/// <summary>
/// The lines of a schema file that say something, with their numbers; comments and blank ones left out.
/// </summary>
internal sealed class SourceLines
{
    private const int SpacesPerLevel = 2;
    private readonly List<SourceLine> _lines = [];
    private int _next;

    public SourceLines(string text)
    {
        var number = 0;
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.TrimEnd('\r', ' ');
            var content = line.TrimStart(' ');
            if (content.Length > 0 && content[0] != '#')
            {
                _lines.Add(new SourceLine(number, LevelOf(number, line.Length - content.Length), content));
            }
            number++;
        }
    }

    /// <summary>The next line, or null at the end.</summary>
    public SourceLine? Peek => _next < _lines.Count ? _lines[_next] : null;

    public SourceLine Take()
    {
        var line = Peek ?? throw new SchemaException(0, "the schema ends too early");
        _next++;
        return line;
    }

    private static int LevelOf(int number, int spaces) =>
        spaces % SpacesPerLevel == 0
            ? spaces / SpacesPerLevel
            : throw new SchemaException(number, $"indentation is {SpacesPerLevel} spaces a level");
}
