using System;
using System.Collections;
using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Tests.Engine.Wire;

/// <summary>
/// The most objects for the fewest bytes: messages whose lists at one depth hold many elements with nothing
/// set, and above it one.
/// </summary>
public sealed class CrowdedMessage(MessageType type, short version, int depth)
{
    public const int Elements = 300;
    private readonly HashSet<string> _left = new(StringComparer.Ordinal);    // Class.Field: not there

    public byte[] Bytes(MessageBytes writer)
    {
        while (true)
        {
            var message = type.New();
            Crowd(message, 0);
            try
            {
                return writer.Of(message, version);
            }
            catch (InvariantException refusal) when (_left.Add(refusal.Message.Split(' ')[0]))
            {
                continue;
            }
        }
    }

    private void Crowd(object owner, int level)
    {
        foreach (var field in MessageFields.Of(owner.GetType()))
        {
            if (_left.Contains($"{owner.GetType().Name}.{field.Name}"))
            {
                continue;
            }
            if (typeof(IList).IsAssignableFrom(field.PropertyType))
            {
                field.SetValue(owner, ListOf(field.PropertyType, level));
            }
            else if (MessageFields.IsStruct(field.PropertyType))
            {
                var value = Activator.CreateInstance(field.PropertyType)!;
                Crowd(value, level);
                field.SetValue(owner, value);
            }
            else if (field.PropertyType == typeof(string))
            {
                field.SetValue(owner, "");
            }
        }
    }

    private IList ListOf(Type type, int level)
    {
        var list = (IList)Activator.CreateInstance(type)!;
        var element = type.GetGenericArguments()[0];
        for (var i = level == depth ? Elements : 1; i > 0 && level <= depth; i--)
        {
            var value = element == typeof(string) ? "" : Activator.CreateInstance(element)!;
            if (MessageFields.IsStruct(element))
            {
                Crowd(value, level + 1);
            }
            list.Add(value);
        }
        return list;
    }
}
