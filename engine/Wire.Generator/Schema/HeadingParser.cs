using System;

namespace Testbed.Wire.Generator.Schema;

/// <summary>
/// Reads the lines above the fields:
/// <code>
/// request 1 FetchRequest
/// versions 4-18
/// flexible 12+
/// listeners broker controller
/// </code>
/// </summary>
internal static class HeadingParser
{
    public static MessageHeading Parse(SourceLines lines, string fileName)
    {
        var first = lines.Take();
        var heading = ParseName(first);
        if (heading.Name != fileName)
        {
            throw first.Error($"message {heading.Name} stands in {fileName}.txt");
        }
        while (lines.Peek is { Level: 0 } line && ParseProperty(heading, line))
        {
            lines.Take();
        }
        if (heading.Versions.IsEmpty)
        {
            throw first.Error("'versions' is missing");
        }
        if (heading.Kind == MessageKind.Request && !heading.OnBroker && !heading.OnController)
        {
            throw first.Error("'listeners' is missing");
        }
        return heading;
    }

    private static MessageHeading ParseName(SourceLine line)
    {
        var words = line.Words;
        var (kind, hasKey) = KindOf(line, words[0]);
        if (words.Length != (hasKey ? 3 : 2) || line.Level != 0)
        {
            throw line.Error(hasKey ? $"expected '{words[0]} KEY NAME'" : $"expected '{words[0]} NAME'");
        }
        var key = -1;
        if (hasKey && (!int.TryParse(words[1], out key) || key is < 0 or > short.MaxValue))
        {
            throw line.Error($"'{words[1]}' is not a key");
        }
        var name = words[words.Length - 1];
        if (!Naming.IsName(name))
        {
            throw line.Error($"'{name}' is not a name");
        }
        if ((kind == MessageKind.Request && !name.EndsWith("Request", StringComparison.Ordinal))
            || (kind == MessageKind.Response && !name.EndsWith("Response", StringComparison.Ordinal)))
        {
            throw line.Error($"the name of a {words[0]} ends in its kind");
        }
        return new MessageHeading { Kind = kind, Key = key, Name = name };
    }

    private static (MessageKind Kind, bool HasKey) KindOf(SourceLine line, string word) => word switch
    {
        "request" => (MessageKind.Request, true),
        "response" => (MessageKind.Response, true),
        "header" => (MessageKind.Header, false),
        "data" => (MessageKind.Data, false),
        "metadata" => (MessageKind.Metadata, true),
        "group-key" => (MessageKind.GroupKey, true),
        "group-value" => (MessageKind.GroupValue, true),
        "transaction-key" => (MessageKind.TransactionKey, true),
        "transaction-value" => (MessageKind.TransactionValue, true),
        "share-key" => (MessageKind.ShareKey, true),
        "share-value" => (MessageKind.ShareValue, true),
        _ => throw line.Error($"'{word}' is no kind of message"),
    };

    private static bool ParseProperty(MessageHeading heading, SourceLine line)
    {
        switch (line.Words[0])
        {
            case "versions":
                heading.Versions = RangeOf(line);
                if (heading.Versions.High == VersionRange.NoEnd)
                {
                    throw line.Error("a message has a highest version");
                }
                return true;
            case "flexible":
                heading.Flexible = RangeOf(line);
                var isOpen = heading.Flexible.High == VersionRange.NoEnd;
                if (!isOpen || !heading.Versions.Has(heading.Flexible.Low))
                {
                    throw line.Error("flexible versions are 'N+', from a version above this line");
                }
                heading.Flexible = heading.Flexible.And(heading.Versions);
                return true;
            case "listeners" when heading.Kind == MessageKind.Request:
                ParseListeners(heading, line);
                return true;
            case "newest" when heading.Kind == MessageKind.Request:
                if (line.Words.Length != 2 || line.Words[1] != "unstable")
                {
                    throw line.Error("expected 'newest unstable'");
                }
                heading.IsNewestUnstable = true;
                return true;
            default:
                return false;
        }
    }

    private static VersionRange RangeOf(SourceLine line) =>
        line.Words.Length == 2 && VersionRange.TryParse(line.Words[1], out var range)
            ? range
            : throw line.Error($"expected '{line.Words[0]} RANGE', such as 3, 3-7 or 3+");

    private static void ParseListeners(MessageHeading heading, SourceLine line)
    {
        foreach (var listener in line.Words.AsSpan(1))
        {
            switch (listener)
            {
                case "broker":
                    heading.OnBroker = true;
                    break;
                case "controller":
                    heading.OnController = true;
                    break;
                default:
                    throw line.Error($"'{listener}' is no listener");
            }
        }
    }
}
