using System.Collections.Generic;

namespace Testbed.Wire.Generator.Schema;

/// <summary>
/// Reads a schema file in the notation of engine/Wire/Schemas/README.md; refuses what breaks its rules.
/// </summary>
internal sealed class SchemaParser
{
    private readonly SourceLines _lines;
    private readonly MessageHeading _heading;
    private readonly List<StructSchema> _structs = [];

    private SchemaParser(SourceLines lines, MessageHeading heading)
    {
        _lines = lines;
        _heading = heading;
    }

    /// <summary>Throws <see cref="SchemaException"/>, which names the line.</summary>
    public static MessageSchema Parse(string text, string fileName)
    {
        var lines = new SourceLines(text);
        var parser = new SchemaParser(lines, HeadingParser.Parse(lines, fileName));
        return parser.ParseBody();
    }

    private MessageSchema ParseBody()
    {
        while (_lines.Peek is { Level: 0 } line && line.Words[0] == "struct")
        {
            ParseShared(_lines.Take());
        }
        var root = new StructSchema(_heading.Name, _heading.Name, _heading.Versions);
        ParseFields(root, 0);
        return _lines.Peek is { } rest
            ? throw rest.Error("no field or struct can stand here")
            : new MessageSchema(_heading, root, _structs);
    }

    private void ParseShared(SourceLine line)
    {
        if (line.Words.Length != 2)
        {
            throw line.Error("expected 'struct NAME'");
        }
        Declare(line, line.Words[1], _heading.Versions, 1);
    }

    private void ParseFields(StructSchema parent, int level)
    {
        while (_lines.Peek is { } line && line.Level >= level)
        {
            if (line.Level > level)
            {
                throw line.Error("indented too far");
            }
            _lines.Take();
            var field = new FieldParser(line, parent.Versions).Parse(out var type);
            FieldRules.Check(line, field, parent, _heading);
            if (field.Primitive is null)
            {
                field.Struct = StructOf(line, type, field.Versions, level + 1);
                if (!field.IsArray)
                {
                    field.Struct.Compare();
                }
            }
            parent.Fields.Add(field);
        }
    }

    private StructSchema StructOf(SourceLine line, string type, VersionRange versions, int level)
    {
        if (_lines.Peek is { } next && next.Level >= level)
        {
            return Declare(line, type, versions, level);
        }
        var known = _structs.Find(known => known.Name == type && known.IsComplete)
            ?? throw line.Error(
                $"'{type}' is neither a primitive nor a struct named above, and has no fields below");
        return known.Versions.Covers(versions)
            ? known
            : throw line.Error(
                $"struct {type} exists in versions {known.Versions.Low}-{known.Versions.High} only");
    }

    private StructSchema Declare(SourceLine line, string name, VersionRange versions, int level)
    {
        var className = Naming.ClassOf(_heading.Name, name);
        if (!Naming.IsName(name))
        {
            throw line.Error($"'{name}' is not a name");
        }
        if (className == _heading.Name || _structs.Exists(known => known.ClassName == className))
        {
            throw line.Error($"struct {name} is there already");
        }
        var declared = new StructSchema(name, className, versions);
        _structs.Add(declared);
        ParseFields(declared, level);
        if (declared.Fields.Count == 0)
        {
            throw line.Error($"struct {name} has no fields");
        }
        declared.IsComplete = true;
        return declared;
    }
}
