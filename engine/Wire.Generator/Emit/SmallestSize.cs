using System;
using Testbed.Wire.Generator.Schema;

namespace Testbed.Wire.Generator.Emit;

/// <summary>
/// The fewest bytes that one element of an array takes in any version, at least 1: a count is refused before
/// anything is allocated when that many elements cannot follow.
/// </summary>
internal sealed class SmallestSize(VersionRange flexible)
{
    public int OfElement(FieldSchema field)
    {
        var smallest = int.MaxValue;
        for (var version = field.Versions.Low; version <= field.Versions.High; version++)
        {
            var size = field.Struct is null ? OfPrimitive(field, version) : OfStruct(field.Struct, version);
            smallest = Math.Min(smallest, size);
        }
        return Math.Max(1, smallest);
    }

    private int OfStruct(StructSchema type, int version)
    {
        var size = flexible.Has(version) ? 1 : 0;
        foreach (var field in type.Fields)
        {
            if (field.Versions.Has(version) && !field.IsTagged)
            {
                size += OfField(field, version);
            }
        }
        return size;
    }

    private int OfField(FieldSchema field, int version)
    {
        if (field.IsArray)
        {
            return flexible.Has(version) ? 1 : sizeof(int);
        }
        if (field.Struct is null)
        {
            return OfPrimitive(field, version);
        }
        return field.Nullable.Has(version) ? 1 : OfStruct(field.Struct, version);
    }

    private int OfPrimitive(FieldSchema field, int version)
    {
        var primitive = Primitive.Find(field.Primitive!)!;
        if (!primitive.HasLength)
        {
            return primitive.Size;
        }
        if (flexible.Has(version) && !field.IsPlain)
        {
            return 1;
        }
        return primitive.Name == "string" ? sizeof(short) : sizeof(int);
    }
}
