using System;

namespace Testbed.Wire.Generator.Schema;

/// <summary>
/// Reads one field's line: `Name: type[]? vRANGE tag N = default nullable vRANGE ignorable plain`, everything
/// after the type being optional, in this order and each once.
/// </summary>
internal sealed class FieldParser(SourceLine line, VersionRange parent)
{
    private static readonly string[] Order = ["versions", "tag", "=", "nullable", "ignorable", "plain"];

    private readonly string[] _words = line.Words;
    private int _next;
    private int _rank = -1;    // place in the order of the attribute read last

    public FieldSchema Parse(out string typeName)
    {
        var field = new FieldSchema { Line = line.Number, Name = ParseName(), Versions = parent };
        typeName = ParseType(field, out var isAlwaysNullable);
        while (_next < _words.Length)
        {
            ParseAttribute(field);
        }
        if (isAlwaysNullable && field.IsNullable)
        {
            throw line.Error("'?' says already that it is nullable");
        }
        if (isAlwaysNullable)
        {
            field.Nullable = field.Versions;
        }
        return field;
    }

    private string ParseName()
    {
        var word = Next("a field's name");
        var name = word.Substring(0, word.Length - 1);
        if (!word.EndsWith(":", StringComparison.Ordinal) || !Naming.IsName(name))
        {
            throw line.Error($"expected 'Name: type', found '{word}'");
        }
        return Naming.IsTaken(name) ? throw line.Error($"no field can be called {name}") : name;
    }

    private string ParseType(FieldSchema field, out bool isAlwaysNullable)
    {
        var type = Next("a type");
        isAlwaysNullable = type.EndsWith("?", StringComparison.Ordinal);
        type = isAlwaysNullable ? type.Substring(0, type.Length - 1) : type;
        field.IsArray = type.EndsWith("[]", StringComparison.Ordinal);
        type = field.IsArray ? type.Substring(0, type.Length - 2) : type;
        if (Primitive.Find(type) is not null)
        {
            field.Primitive = type;
        }
        else if (!Naming.IsName(type))
        {
            throw line.Error($"'{type}' is no type");
        }
        return type;
    }

    private void ParseAttribute(FieldSchema field)
    {
        var word = Next("an attribute");
        var rank = Math.Max(0, Array.IndexOf(Order, word));
        if (rank <= _rank)
        {
            throw line.Error($"'{word}' stands twice or too late; the order is {string.Join(", ", Order)}");
        }
        _rank = rank;
        switch (word)
        {
            case "tag":
                var isNumber = int.TryParse(Next("a tag's number"), out var tag);
                field.Tag = isNumber && tag is >= 0 and <= short.MaxValue
                    ? tag
                    : throw line.Error("a tag is a number");
                break;
            case "=":
                field.Default = Next("a default");
                break;
            case "nullable":
                field.Nullable = Range(Next("versions"), field.Versions);
                break;
            case "ignorable":
                field.IsIgnorable = true;
                break;
            case "plain":
                field.IsPlain = true;
                break;
            default:
                field.Versions = Range(word, parent);
                break;
        }
    }

    private VersionRange Range(string word, VersionRange within)
    {
        if (word[0] != 'v' || !VersionRange.TryParse(word.Substring(1), out var range))
        {
            throw line.Error($"'{word}' is neither an attribute nor a range of versions");
        }
        range = range.High == VersionRange.NoEnd ? range.And(new VersionRange(0, within.High)) : range;
        return !range.IsEmpty && within.Covers(range)
            ? range
            : throw line.Error($"versions {word.Substring(1)} reach beyond {within.Low}-{within.High}");
    }

    private string Next(string what) =>
        _next < _words.Length ? _words[_next++] : throw line.Error($"expected {what} at the end of the line");
}
