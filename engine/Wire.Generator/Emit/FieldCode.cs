using Testbed.Wire.Generator.Schema;

namespace Testbed.Wire.Generator.Emit;

/// <summary>The C# for what a field's type and versions say: types, defaults, conditions.</summary>
internal static class FieldCode
{
    /// <summary>The property's type, with a question mark where it can be null.</summary>
    public static string TypeOf(FieldSchema field)
    {
        var type = field.IsArray ? $"List<{ElementOf(field)}>" : ElementOf(field);
        return field.IsNullable && field.Primitive != "records" ? type + "?" : type;
    }

    /// <summary>The type of one element, or of the field when it is no array.</summary>
    public static string ElementOf(FieldSchema field) =>
        field.Struct?.ClassName ?? Primitive.Find(field.Primitive!)!.Type;

    /// <summary>A single struct that is never null: its object is made on demand.</summary>
    public static bool IsLazy(FieldSchema field) =>
        field.Struct is not null && !field.IsArray && !field.IsNullable;

    /// <summary>The field behind a property whose object is made on demand.</summary>
    public static string BehindOf(FieldSchema field) =>
        "_" + char.ToLowerInvariant(field.Name[0]) + field.Name.Substring(1);

    /// <summary>What the property is set to at first, or null when C# does that.</summary>
    public static string? InitialOf(FieldSchema field)
    {
        if (field.IsNullByDefault)
        {
            return null;
        }
        if (field.IsArray)
        {
            return "[]";
        }
        return field.Primitive switch
        {
            null => "new()",
            "string" => "\"\"",
            "bytes" => field.IsNullable ? "ReadOnlyMemory<byte>.Empty" : null,
            "records" => field.IsNullable ? null : "RecordData.Empty",
            _ => field.Default,
        };
    }

    /// <summary>An expression that is true when the field is at its default.</summary>
    public static string IsDefault(FieldSchema field)
    {
        var name = field.Name;
        if (field.Primitive == "records")
        {
            return field.IsNullable ? $"{name}.IsNull" : $"{name}.SizeBytes == 0";
        }
        if (field.IsNullByDefault)
        {
            return $"{name} is null";
        }
        if (field.IsArray)
        {
            return $"{name} is {{ Count: 0 }}";
        }
        return field.Primitive switch
        {
            null when IsLazy(field) => $"({BehindOf(field)} is null || {BehindOf(field)}.IsAtDefault())",
            null => $"{name} is not null && {name}.IsAtDefault()",
            "string" or "bytes" => $"{name} is {{ Length: 0 }}",
            "bool" => field.Default == "true" ? name : "!" + name,
            "uuid" => $"{name}.IsZero",
            _ => $"{name} == {field.Default ?? "0"}",
        };
    }

    /// <summary>The condition on `version` that holds where <paramref name="range"/> does; null: always
    /// within
    /// <paramref name="parent"/>.</summary>
    public static string? Condition(VersionRange range, VersionRange parent)
    {
        var from = range.Low > parent.Low;
        var until = range.High < parent.High;
        return (from, until) switch
        {
            (false, false) => null,
            (true, false) => $"version >= {range.Low}",
            (false, true) => $"version <= {range.High}",
            _ when range.Low == range.High => $"version == {range.Low}",
            _ => $"version is >= {range.Low} and <= {range.High}",
        };
    }

    /// <summary>
    /// True, false or the local `flexible`, whichever holds in all of <paramref name="versions"/>.
    /// </summary>
    public static string Flexible(VersionRange versions, VersionRange flexible)
    {
        if (flexible.And(versions).IsEmpty)
        {
            return "false";
        }
        return flexible.Covers(versions) ? "true" : "flexible";
    }
}
