namespace Testbed.Wire.Generator.Schema;

/// <summary>
/// One field of a message or struct, as its line says; version ranges are cut to those of its parent.
/// </summary>
internal sealed class FieldSchema
{
    /// <summary>Line in the file, from zero.</summary>
    public int Line { get; set; }

    public string Name { get; set; } = "";

    /// <summary>A primitive's name in the notation (`int32`), or null for a struct.</summary>
    public string? Primitive { get; set; }

    /// <summary>The struct, or null for a primitive.</summary>
    public StructSchema? Struct { get; set; }

    public bool IsArray { get; set; }

    /// <summary>Versions that have the field.</summary>
    public VersionRange Versions { get; set; }

    /// <summary>Versions in which it may be null; empty when never.</summary>
    public VersionRange Nullable { get; set; } = VersionRange.Empty;

    /// <summary>Tag number, or -1 for a field at a fixed place.</summary>
    public int Tag { get; set; } = -1;

    /// <summary>Default as written (`-1`, `true`, `null`), or null for the type's own.</summary>
    public string? Default { get; set; }

    /// <summary>May be dropped when a version that lacks the field is written.</summary>
    public bool IsIgnorable { get; set; }

    /// <summary>Keeps its int16 length in flexible versions too.</summary>
    public bool IsPlain { get; set; }

    public bool IsNullable => !Nullable.IsEmpty;

    public bool IsTagged => Tag >= 0;

    public bool IsNullByDefault => Default == "null";
}
