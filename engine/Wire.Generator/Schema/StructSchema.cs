using System.Collections.Generic;

namespace Testbed.Wire.Generator.Schema;

/// <summary>
/// A struct of a message (or the message itself): its fields in wire order, tagged ones by number.
/// </summary>
internal sealed class StructSchema(string name, string className, VersionRange versions)
{
    /// <summary>Name in the schema.</summary>
    public string Name { get; } = name;

    /// <summary>Name of the class that is generated.</summary>
    public string ClassName { get; } = className;

    /// <summary>Versions in which it can occur.</summary>
    public VersionRange Versions { get; } = versions;

    public List<FieldSchema> Fields { get; } = [];

    /// <summary>
    /// True when a field holds one of it, so that somebody asks whether it is at its default.
    /// </summary>
    public bool IsCompared { get; private set; }

    /// <summary>False while its fields are being read: it cannot contain itself.</summary>
    public bool IsComplete { get; set; }

    public void Compare()
    {
        IsCompared = true;
        foreach (var field in Fields)
        {
            if (!field.IsArray)
            {
                field.Struct?.Compare();
            }
        }
    }
}
