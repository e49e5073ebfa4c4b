using System;
using System.Collections;
using System.Collections.Concurrent;
using System.Linq;
using System.Reflection;
using Testbed.Foundation;
using Testbed.Wire;

namespace Testbed.Tests.Engine.Wire;

/// <summary>The fields of generated classes by reflection: listing, defaults and comparison.</summary>
public static class MessageFields
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Known = new();
    private static readonly ConcurrentDictionary<Type, object> Fresh = new();

    /// <summary>The schema's fields, without the unknown tags.</summary>
    public static PropertyInfo[] Of(Type type) => Known.GetOrAdd(type, static type => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.CanWrite && property.Name != "UnknownTags")
        .ToArray());

    /// <summary>True for the classes of messages and their structs.</summary>
    public static bool IsStruct(Type type) => type.IsClass && type.Namespace == "Testbed.Wire.Messages";

    public static object? DefaultOf(PropertyInfo field) =>
        field.GetValue(Fresh.GetOrAdd(field.DeclaringType!, static type => Activator.CreateInstance(type)!));

    public static bool IsDefault(object owner, PropertyInfo field) =>
        AreEqual(field.GetValue(owner), DefaultOf(field));

    /// <summary>Deep equality; bytes by content, null and empty being different.</summary>
    public static bool AreEqual(object? left, object? right)
    {
        if (left is null || right is null)
        {
            return left is null && right is null;
        }
        return (left, right) switch
        {
            (ReadOnlyMemory<byte> one, ReadOnlyMemory<byte> other) => one.Span.SequenceEqual(other.Span),
            (RecordData one, RecordData other) =>
                one.IsNull == other.IsNull && one.Memory.Span.SequenceEqual(other.Memory.Span),
            (UnknownTag one, UnknownTag other) =>
                one.Tag == other.Tag && one.Bytes.Span.SequenceEqual(other.Bytes.Span),
            (IList one, IList other) => AreListsEqual(one, other),
            (string or Uuid or ValueType, _) => left.Equals(right),
            _ => Of(left.GetType()).All(field => AreEqual(field.GetValue(left), field.GetValue(right)))
                && AreEqual(UnknownTagsOf(left), UnknownTagsOf(right)),
        };
    }

    public static object? UnknownTagsOf(object owner) =>
        owner.GetType().GetProperty("UnknownTags")?.GetValue(owner);

    private static bool AreListsEqual(IList left, IList right)
    {
        var equal = left.Count == right.Count;
        for (var i = 0; equal && i < left.Count; i++)
        {
            equal = AreEqual(left[i], right[i]);
        }
        return equal;
    }
}
