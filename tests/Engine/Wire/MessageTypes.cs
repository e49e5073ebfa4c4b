using System;
using System.Collections.Generic;
using System.Linq;
using Testbed.Wire;

namespace Testbed.Tests.Engine.Wire;

/// <summary>All generated message classes by name.</summary>
public static class MessageTypes
{
    private static readonly SortedDictionary<string, MessageType> ByName = Find();

    public static IEnumerable<MessageType> All => ByName.Values;

    public static MessageType Of(string name) => ByName[name];

    public static bool Has(string name) => ByName.ContainsKey(name);

    private static SortedDictionary<string, MessageType> Find()
    {
        var types = typeof(IMessage).Assembly.GetTypes()
            .Where(type => type.IsClass && typeof(IMessage).IsAssignableFrom(type))
            .Select(type => new MessageType(type))
            .ToDictionary(type => type.Name, StringComparer.Ordinal);
        return new SortedDictionary<string, MessageType>(types, StringComparer.Ordinal);
    }
}
