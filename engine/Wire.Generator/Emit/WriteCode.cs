using System.Linq;
using Testbed.Wire.Generator.Schema;

namespace Testbed.Wire.Generator.Emit;

/// <summary>Writes the Write method of a class, and IsDefault where somebody asks.</summary>
internal sealed class WriteCode(CodeText code, VersionRange flexible)
{
    public void Emit(StructSchema type, bool isMessage)
    {
        code.Open("public void Write(WireWriter w, short version)");
        if (isMessage)
        {
            code.Line($"Versions.Require(version, {type.Versions.Low}, {type.Versions.High});");
        }
        if (FieldCode.Flexible(type.Versions, flexible) == "flexible")
        {
            code.Line($"var flexible = version >= {flexible.Low};");
        }
        var sections = new Sections(code);
        foreach (var field in type.Fields)
        {
            AddField(sections, type, field);
        }
        sections.Flush();
        EmitTags(type);
        code.Close();
    }

    public void EmitIsDefault(StructSchema type)
    {
        var claims = type.Fields.Select(FieldCode.IsDefault).ToList();
        if (!flexible.And(type.Versions).IsEmpty)
        {
            claims.Add("UnknownTags is null or { Count: 0 }");
        }
        code.Line($"internal bool IsAtDefault() => {string.Join(" && ", claims)};");
    }

    /// <summary>
    /// An untagged field where the version has it; what must hold of any field where it has not.
    /// </summary>
    private void AddField(Sections sections, StructSchema type, FieldSchema field)
    {
        var condition = FieldCode.Condition(field.Versions, type.Versions);
        var name = $"\"{type.ClassName}.{field.Name}\"";
        var absent = condition is null || field.IsIgnorable
            ? null
            : $"Versions.RequireAbsent({FieldCode.IsDefault(field)}, {name}, version);";
        if (absent is not null || !field.IsTagged)
        {
            sections.Add(condition, field.IsTagged ? null : () => EmitValue(type, field), absent);
        }
    }

    private void EmitTags(StructSchema type)
    {
        var where = flexible.And(type.Versions);
        if (where.IsEmpty)
        {
            return;
        }
        var condition = FieldCode.Condition(where, type.Versions);
        if (condition is not null)
        {
            code.Open($"if (!({condition}))");
            code.Line($"Versions.RequireNoTags(UnknownTags, \"{type.ClassName}\", version);").Line("return;");
            code.Close();
        }
        var tagged = type.Fields.Where(field => field.IsTagged).OrderBy(field => field.Tag).ToList();
        if (tagged.Count == 0)
        {
            code.Line("w.WriteUnknownTags(UnknownTags);");
            return;
        }
        foreach (var field in tagged)
        {
            var there = FieldCode.Condition(field.Versions, where);
            var isSet = $"!({FieldCode.IsDefault(field)})";
            code.Line($"var tag{field.Tag} = {(there is null ? isSet : $"{there} && {isSet}")};");
        }
        var count = string.Join(" + ", tagged.Select(field => $"(tag{field.Tag} ? 1 : 0)"));
        code.Line($"w.WriteTagCount({count}, UnknownTags);").Line("var next = 0;");
        foreach (var field in tagged)
        {
            code.Open($"if (tag{field.Tag})").Line(
                $"var start = w.BeginTag({field.Tag}, UnknownTags, ref next);");
            EmitTagged(type, field);
            code.Line("w.EndTag(start);").Close();
        }
        code.Line("w.WriteUnknownTags(UnknownTags, next);");
    }

    private void EmitTagged(StructSchema type, FieldSchema field)
    {
        if (field.Struct is null || field.IsArray || !field.IsNullable)
        {
            EmitValue(type, field);
            return;
        }
        code.Line($"w.WriteTaggedPresence({field.Name} is not null);").Line(
            $"{field.Name}?.Write(w, version);");
    }

    private void EmitValue(StructSchema type, FieldSchema field)
    {
        var compact = field.IsPlain ? "false" : FieldCode.Flexible(field.Versions, flexible);
        if (field.IsNullable && FieldCode.Condition(field.Nullable, field.Versions) is { } condition)
        {
            var isNull = field.Primitive == "records" ? field.Name + ".IsNull" : field.Name + " is null";
            var name = $"\"{type.ClassName}.{field.Name}\"";
            code.Line($"Versions.RequireNotNull(!({isNull}) || ({condition}), {name}, version);");
        }
        if (field.IsArray)
        {
            EmitArray(field, compact);
        }
        else if (field.Struct is null)
        {
            var primitive = Primitive.Find(field.Primitive!)!;
            var method = (field.IsNullable ? "Nullable" : "") + primitive.Method;
            code.Line($"w.Write{method}({(primitive.HasLength ? compact + ", " : "")}{field.Name});");
        }
        else if (field.IsNullable)
        {
            code.Line($"w.WritePresence({field.Name} is not null);").Line(
                $"{field.Name}?.Write(w, version);");
        }
        else
        {
            code.Line($"{field.Name}.Write(w, version);");
        }
    }

    private void EmitArray(FieldSchema field, string compact)
    {
        code.Line(field.IsNullable
            ? $"w.WriteNullableCount({compact}, {field.Name}?.Count);"
            : $"w.WriteCount({compact}, {field.Name}.Count);");
        var primitive = field.Primitive is null ? null : Primitive.Find(field.Primitive);
        var element = primitive is null
            ? "element.Write(w, version);"
            : $"w.Write{primitive.Method}({(primitive.HasLength ? compact + ", " : "")}element);";
        if (field.IsNullable)
        {
            code.Open($"if ({field.Name} is not null)");
        }
        code.Line($"foreach (var element in {field.Name}) {{ {element} }}");
        if (field.IsNullable)
        {
            code.Close();
        }
    }
}
