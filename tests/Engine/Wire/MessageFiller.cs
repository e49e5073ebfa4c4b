using System;
using System.Collections;
using System.Collections.Generic;
using System.Reflection;
using System.Text;
using Testbed.Foundation;
using Testbed.Wire;

namespace Testbed.Tests.Engine.Wire;

/// <summary>
/// Sets the fields of a message to random values. What a version cannot carry it learns from the writer,
/// which refuses to write it: such a field then stays at its default, or is not null.
/// </summary>
public sealed class MessageFiller(Random random)
{
    private static readonly NullabilityInfoContext Nullability = new();
    private readonly HashSet<string> _kept = new(StringComparer.Ordinal);       // Class.Field: at its default
    private readonly HashSet<string> _present = new(StringComparer.Ordinal);    // Class.Field: not null

    /// <summary>A message that can be written at this version, and its bytes.</summary>
    public IMessage Fill(MessageType type, short version, MessageBytes writer, out byte[] bytes)
    {
        while (true)
        {
            var message = type.New();
            Fill(message, depth: 0);
            try
            {
                bytes = writer.Of(message, version);
                return message;
            }
            catch (InvariantException refusal)
            {
                if (!Learn(refusal.Message))
                {
                    throw;
                }
            }
        }
    }

    /// <summary>Forgets what it learned: the next version is another.</summary>
    public void Forget()
    {
        _kept.Clear();
        _present.Clear();
    }

    private bool Learn(string refusal)
    {
        var field = refusal.Split(' ')[0];
        if (refusal.Contains("unknown tags", StringComparison.Ordinal))
        {
            return _kept.Add(field + ".UnknownTags");
        }
        var kind = refusal.Contains("is not null", StringComparison.Ordinal) ? _present : _kept;
        return kind.Add(field);
    }

    private void Fill(object owner, int depth)
    {
        var type = owner.GetType();
        foreach (var field in MessageFields.Of(type))
        {
            if (!_kept.Contains($"{type.Name}.{field.Name}") && random.Next(8) > 0)
            {
                field.SetValue(owner, ValueOf(field, depth));
            }
        }
        var isTagged = random.Next(4) == 0 && !_kept.Contains(type.Name + ".UnknownTags");
        if (isTagged && type.GetProperty("UnknownTags") is { } tags)
        {
            tags.SetValue(
                owner, new List<UnknownTag> { new(1000, RandomBytes()), new(uint.MaxValue, RandomBytes()) });
        }
    }

    private object? ValueOf(PropertyInfo field, int depth)
    {
        var isNullable = field.PropertyType == typeof(RecordData)
            ? MessageFields.DefaultOf(field) is RecordData { IsNull: true }
            : Nullability.Create(field).WriteState == NullabilityState.Nullable;
        var name = $"{field.DeclaringType!.Name}.{field.Name}";
        if (isNullable && random.Next(5) == 0 && !_present.Contains(name))
        {
            return field.PropertyType == typeof(RecordData) ? default(RecordData) : null;
        }
        return typeof(IList).IsAssignableFrom(field.PropertyType)
            ? ListOf(field.PropertyType, depth)
            : Single(Nullable.GetUnderlyingType(field.PropertyType) ?? field.PropertyType, depth);
    }

    private IList ListOf(Type type, int depth)
    {
        var list = (IList)Activator.CreateInstance(type)!;
        var count = random.Next(depth > 1 ? 3 : 4);
        count = count == 3 && random.Next(20) == 0 ? 130 : count;
        for (var i = 0; i < count; i++)
        {
            list.Add(Single(type.GetGenericArguments()[0], depth + 1));
        }
        return list;
    }

    private object Single(Type type, int depth)
    {
        if (MessageFields.IsStruct(type))
        {
            var value = Activator.CreateInstance(type)!;
            Fill(value, depth + 1);
            return value;
        }
        return Activator.CreateInstance(type == typeof(string) ? typeof(object) : type) switch
        {
            bool => random.Next(2) == 0,
            sbyte => unchecked((sbyte)RandomLong()),
            short => unchecked((short)RandomLong()),
            ushort => unchecked((ushort)RandomLong()),
            int => unchecked((int)RandomLong()),
            uint => unchecked((uint)RandomLong()),
            long => RandomLong(),
            double => random.NextDouble() - 0.5,
            ErrorCode => (ErrorCode)random.Next(-1, 134),
            Uuid => new Uuid(unchecked((ulong)RandomLong()), unchecked((ulong)RandomLong())),
            ReadOnlyMemory<byte> => RandomBytes(),
            RecordData => RecordData.Copied(RandomBytes()),
            _ => RandomText(),
        };
    }

    private long RandomLong() => random.Next(6) switch
    {
        0 => random.Next(-2, 3),
        1 => long.MaxValue - random.Next(2),
        2 => long.MinValue + random.Next(2),
        3 => int.MaxValue,
        _ => random.NextInt64(long.MinValue, long.MaxValue),
    };

    private ReadOnlyMemory<byte> RandomBytes()
    {
        var bytes = new byte[random.Next(10) == 0 ? 200 : random.Next(4)];
        random.NextBytes(bytes);
        return bytes;
    }

    private string RandomText()
    {
        var text = new StringBuilder();
        for (var length = random.Next(12) == 0 ? 150 : random.Next(5); length > 0; length--)
        {
            text.Append((Rune)random.Next(0x20, random.Next(3) == 0 ? 0xD800 : 0x7F));
        }
        return text.ToString();
    }
}
