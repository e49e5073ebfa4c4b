using System;

namespace Testbed.Wire.Generator.Schema;

/// <summary>A line of a schema file without its indentation.</summary>
internal sealed class SourceLine(int number, int level, string content)
{
    /// <summary>From zero.</summary>
    public int Number { get; } = number;

    /// <summary>Depth of indentation, from zero.</summary>
    public int Level { get; } = level;

    public string[] Words { get; } = content.Split([' '], StringSplitOptions.RemoveEmptyEntries);

    public SchemaException Error(string text) => new(Number, text);
}
