using System.Globalization;

namespace Testbed.Wire.Generator.Schema;

/// <summary>What must hold of a field whose line has been read.</summary>
internal static class FieldRules
{
    public static void Check(SourceLine line, FieldSchema field, StructSchema parent, MessageHeading heading)
    {
        foreach (var other in parent.Fields)
        {
            if (other.Name == field.Name)
            {
                throw line.Error($"{parent.Name} has field {field.Name} twice");
            }
            if (field.IsTagged && other.Tag == field.Tag)
            {
                throw line.Error($"{parent.Name} has tag {field.Tag} twice");
            }
        }
        CheckAttributes(line, field, parent, heading);
        if (field.Default is not null)
        {
            CheckDefault(line, field);
        }
    }

    private static void CheckAttributes(
        SourceLine line, FieldSchema field, StructSchema parent, MessageHeading heading)
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
        var fits = text switch
        {
            "null" => field.IsNullable,
            "true" or "false" => primitive?.Name == "bool",
            _ => primitive is not null && IsNumber(text!, out var number) && primitive.Takes(number),
        };
        if (!fits)
        {
            throw line.Error($"'{text}' is no default for {field.Name}");
        }
    }

    private static bool IsNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
