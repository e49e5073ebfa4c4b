using System;

namespace Testbed.Wire.Generator.Schema;

/// <summary>A schema file that does not say what it must. Becomes a compile error at that line.</summary>
internal sealed class SchemaException(int line, string text) : Exception(text)
{
    /// <summary>Line in the file, from zero.</summary>
    public int Line { get; } = line;
}
