using System;
using System.Reflection;
using Testbed.Wire;

namespace Testbed.Tests.Engine.Wire;

/// <summary>A generated message class, so that tests can go over all of them.</summary>
public sealed class MessageType
{
    private readonly ReadBody _read;
    private readonly ReadBody _readVersionPrefixed;

    public MessageType(Type type)
    {
        Type = type;
        LowestVersion = Static(type, "LowestVersion");
        HighestVersion = Static(type, "HighestVersion");
        FirstFlexibleVersion = Static(type, "FirstFlexibleVersion");
        _read = Bind(nameof(Read));
        _readVersionPrefixed = Bind(nameof(ReadVersionPrefixed));
    }

    private delegate IMessage ReadBody(ref WireReader reader, ref short version);

    public Type Type { get; }

    public string Name => Type.Name;

    public short LowestVersion { get; }

    public short HighestVersion { get; }

    /// <summary>short.MaxValue: none.</summary>
    public short FirstFlexibleVersion { get; }

    public IMessage New() => (IMessage)Activator.CreateInstance(Type)!;

    public IMessage Read(ref WireReader reader, short version) => _read(ref reader, ref version);

    /// <summary>Reads bytes that hold the message and nothing else.</summary>
    public IMessage ReadAll(ReadOnlyMemory<byte> bytes, short version)
    {
        var reader = new WireReader(bytes);
        var message = Read(ref reader, version);
        reader.RequireEnd();
        return message;
    }

    public IMessage ReadVersionPrefixed(ref WireReader reader, out short version)
    {
        version = 0;
        return _readVersionPrefixed(ref reader, ref version);
    }

    public override string ToString() => Name;

    private static IMessage Read<T>(ref WireReader reader, ref short version)
        where T : IMessage<T> => T.Read(ref reader, version);

    private static IMessage ReadVersionPrefixed<T>(ref WireReader reader, ref short version)
        where T : IMessage<T> => VersionPrefix.Read<T>(ref reader, out version);

    private static short Static(Type type, string property) =>
        (short)type.GetProperty(property)!.GetValue(null)!;

    private ReadBody Bind(string method)
    {
        var found = Array.Find(
            typeof(MessageType).GetMethods(BindingFlags.NonPublic | BindingFlags.Static),
            candidate => candidate.Name == method && candidate.IsGenericMethod)!;
        return found.MakeGenericMethod(Type).CreateDelegate<ReadBody>();
    }
}
