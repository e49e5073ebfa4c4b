using System.Linq;
using Testbed.Wire.Generator.Schema;

namespace Testbed.Wire.Generator.Emit;

/// <summary>Writes the Read method of a class.</summary>
internal sealed class ReadCode(CodeText code, VersionRange flexible)
{
    private readonly SmallestSize _smallest = new(flexible);

    public void Emit(StructSchema type, bool isMessage)
    {
        code.Open($"public static {type.ClassName} Read(ref WireReader r, short version)");
        if (isMessage)
        {
            code.Line($"Versions.Require(version, {type.Versions.Low}, {type.Versions.High});");
        }
        if (FieldCode.Flexible(type.Versions, flexible) == "flexible")
        {
            code.Line($"var flexible = version >= {flexible.Low};");
        }
        code.Line($"var m = new {type.ClassName}();");
        var sections = new Sections(code);
        foreach (var field in type.Fields.Where(field => !field.IsTagged))
        {
            sections.Add(FieldCode.Condition(field.Versions, type.Versions), () => EmitUntagged(field));
        }
        var tagged = flexible.And(type.Versions);
        if (!tagged.IsEmpty)
        {
            sections.Add(FieldCode.Condition(tagged, type.Versions), () => EmitTags(type));
        }
        sections.Flush();
        code.Line("return m;").Close();
    }

    private void EmitUntagged(FieldSchema field)
    {
        var compact = field.IsPlain ? "false" : FieldCode.Flexible(field.Versions, flexible);
        if (field.IsArray)
        {
            EmitArray(field, compact);
        }
        else if (field.Struct is not null)
        {
            var value = $"{field.Struct.ClassName}.Read(ref r, version)";
            value = field.IsNullable ? Nullable(field, $"r.ReadPresence() ? {value} : null", value) : value;
            code.Line($"m.{field.Name} = {value};");
        }
        else
        {
            code.Line($"m.{field.Name} = {Value(field, compact)};");
        }
    }

    private void EmitTags(StructSchema type)
    {
        var tagged = type.Fields.Where(field => field.IsTagged).OrderBy(field => field.Tag).ToList();
        if (tagged.Count == 0)
        {
            code.Line("m.UnknownTags = r.ReadUnknownTags();");
            return;
        }
        code.Line("var tag = -1L;").Open("for (var left = r.ReadTagCount(); left > 0; left--)");
        code.Line("var end = r.BeginTag(ref tag);").Open("switch (tag)");
        foreach (var field in tagged)
        {
            code.Line($"case {field.Tag}:").Indent(1);
            if (FieldCode.Condition(field.Versions, flexible.And(type.Versions)) is { } condition)
            {
                code.Line($"r.RequireTag({condition});");
            }
            EmitTagged(field);
            code.Line("break;").Indent(-1);
        }
        code.Line("default:").Line("    (m.UnknownTags ??= []).Add(r.ReadUnknownTag(tag));").Line(
            "    break;");
        code.Close().Line("r.EndTag(end);").Close();
    }

    private void EmitTagged(FieldSchema field)
    {
        if (field.Struct is not null && !field.IsArray && field.IsNullable)
        {
            var value = $"{field.Struct.ClassName}.Read(ref r, version)";
            code.Line($"m.{field.Name} = r.ReadTaggedPresence() ? {value} : null;");
        }
        else
        {
            EmitUntagged(field);
        }
    }

    private void EmitArray(FieldSchema field, string compact)
    {
        var size = _smallest.OfElement(field);
        var element = field.Struct is null
            ? field.Primitive == "string" ? $"r.ReadString({compact})" : Value(field, compact)
            : $"{field.Struct.ClassName}.Read(ref r, version)";
        var count = $"r.ReadCount({compact}, {size})";
        count = field.IsNullable ? Nullable(field, $"r.ReadNullableCount({compact}, {size})", count) : count;
        var name = field.Name;
        code.Line($"var n{name} = {count};");
        code.Line(field.IsNullable
            ? $"m.{name} = n{name} < 0 ? null : new(n{name});"
            : $"m.{name}.Capacity = n{name};");
        var list = $"m.{name}{(field.IsNullable ? "!" : "")}";
        code.Line($"for (var i = 0; i < n{name}; i++) {{ {list}.Add({element}); }}");
    }

    private static string Value(FieldSchema field, string compact)
    {
        var primitive = Primitive.Find(field.Primitive!)!;
        if (!primitive.HasLength)
        {
            return $"r.Read{primitive.Method}()";
        }
        var never = $"r.Read{primitive.Method}({compact})";
        var nullable = $"r.ReadNullable{primitive.Method}({compact})";
        return field.IsNullable ? Nullable(field, nullable, never) : never;
    }

    /// <summary>The first expression where null is allowed, the second where not.</summary>
    private static string Nullable(FieldSchema field, string nullable, string never) =>
        FieldCode.Condition(field.Nullable, field.Versions) is { } condition
            ? $"{condition} ? {nullable} : {never}"
            : nullable;
}
