using System.Globalization;

namespace Testbed.Wire.Generator.Schema;

/// <summary>What must hold of a field whose line has been read.</summary>
internal static class FieldRules
{
    public static void Check(SourceLine line, FieldSchema field, StructSchema parent, MessageHeading heading)
    {
        foreach (var other in parent.Fields)
        {
            if (other.Name == field.Name || (field.IsTagged && other.Tag == field.Tag))
            {
                throw line.Error($"{parent.Name} has {(other.Name == field.Name ? "field " + field.Name : "tag " + field.Tag)} twice");
            }
        }
        CheckAttributes(line, field, parent, heading);
        if (field.Default is not null)
        {
            CheckDefault(line, field);
        }
    }

    private static void CheckAttributes(SourceLine line, FieldSchema field, StructSchema parent, MessageHeading heading)
    {
        var primitive = field.Primitive is null ? null : Primitive.Find(field.Primitive);
        if (field.IsTagged && !heading.Flexible.Covers(field.Versions))
        {
            throw line.Error("a tagged field exists in flexible versions only");
        }
        if (field.IsTagged && primitive?.Name == "records")
        {
            throw line.Error("records cannot be tagged");
        }
        if (field.IsArray && primitive?.Name is "records" or "bytes")
        {
            throw line.Error($"there are no arrays of {primitive.Name}");
        }
        if (field.IsNullable && !field.IsArray && primitive is { HasLength: false })
        {
            throw line.Error($"{primitive.Name} is never null");
        }
        if (field.IsPlain && (primitive?.Name != "string" || field.IsArray || field.IsTagged))
        {
            throw line.Error("only a string that is not tagged can be plain");
        }
        if (field.IsIgnorable && field.Versions.Covers(parent.Versions))
        {
            throw line.Error("ignorable says nothing about a field that is always there");
        }
    }

    private static void CheckDefault(SourceLine line, FieldSchema field)
    {
        var text = field.Default;
        var primitive = field.Primitive is null || field.IsArray ? null : Primitive.Find(field.Primitive);
        var fits = text == "null"
            ? field.IsNullable
            : text is "true" or "false"
                ? primitive?.Name == "bool"
                : primitive is not null
                    && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                    && primitive.Takes(number);
        if (!fits)
        {
            throw line.Error($"'{text}' is no default for {field.Name}");
        }
    }
}
