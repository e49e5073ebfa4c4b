using System;
using System.Collections;
using System.Reflection;
using Testbed.Wire;
using Xunit;
using Xunit.Abstractions;

namespace Testbed.Tests.Engine.Wire;

/// <summary>Every message at every version: what is written can be read, and is the same.</summary>
public sealed class RoundTripTests(ITestOutputHelper output)
{
    private const int MessagesPerVersion = 12;
    private readonly MessageBytes _bytes = new();

    [Fact]
    public void Random_messages_survive_at_every_version()
    {
        var seed = TestSeed.Next(output);
        var filler = new MessageFiller(new Random(seed));
        var versions = 0;
        foreach (var type in MessageTypes.All)
        {
            for (var version = type.LowestVersion; version <= type.HighestVersion; version++)
            {
                filler.Forget();
                versions++;
                for (var i = 0; i < MessagesPerVersion; i++)
                {
                    var message = filler.Fill(type, version, _bytes, out var bytes);
                    RequireSame(type, version, message, bytes);
                }
            }
        }
        output.WriteLine($"{versions} versions, {versions * MessagesPerVersion} messages");
    }

    [Fact]
    public void Default_messages_survive_at_every_version()
    {
        foreach (var type in MessageTypes.All)
        {
            for (var version = type.LowestVersion; version <= type.HighestVersion; version++)
            {
                var bytes = _bytes.Of(type.New(), version);
                Assert.True(
                    MessageFields.AreEqual(type.New(), type.ReadAll(bytes, version)), $"{type} v{version}");
            }
        }
    }

    private void RequireSame(MessageType type, short version, IMessage message, byte[] bytes)
    {
        var again = type.ReadAll(bytes, version);
        Assert.True(
            bytes.AsSpan().SequenceEqual(_bytes.Of(again, version)), $"{type} v{version}: other bytes");
        DropDifferences(message, again, $"{type} v{version}");
        Assert.True(
            bytes.AsSpan().SequenceEqual(_bytes.Of(message, version)),
            $"{type} v{version}: a field was written but not read");
    }

    /// <summary>
    /// A field may come back as its default only when the version lacks it: then the bytes do not change when
    /// it is set to its default before writing.
    /// </summary>
    private static void DropDifferences(object message, object again, string path)
    {
        foreach (var field in MessageFields.Of(message.GetType()))
        {
            var (was, now) = (field.GetValue(message), field.GetValue(again));
            if (MessageFields.AreEqual(was, now))
            {
                continue;
            }
            if (MessageFields.IsDefault(again, field))
            {
                field.SetValue(message, MessageFields.DefaultOf(field));
            }
            else
            {
                Compare(field, was, now, $"{path}.{field.Name}");
            }
        }
        Assert.True(
            MessageFields.AreEqual(MessageFields.UnknownTagsOf(message), MessageFields.UnknownTagsOf(again)),
            $"{path}: unknown tags");
    }

    private static void Compare(PropertyInfo field, object? was, object? now, string path)
    {
        if (was is IList left && now is IList right && left.Count == right.Count)
        {
            for (var i = 0; i < left.Count; i++)
            {
                var isStruct = MessageFields.IsStruct(left[i]!.GetType());
                Assert.True(isStruct || MessageFields.AreEqual(left[i], right[i]), path);
                if (isStruct)
                {
                    DropDifferences(left[i]!, right[i]!, path);
                }
            }
            return;
        }
        var areStructs = MessageFields.IsStruct(field.PropertyType) && was is not null && now is not null;
        Assert.True(areStructs, $"{path}: {was}, {now}");
        DropDifferences(was!, now!, path);
    }
}
