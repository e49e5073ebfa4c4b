using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Testbed.Tests.Runner.Logs;

/// <summary>
/// What Kafka's dump tool printed of one partition: the lines of each file, in the words of our own dump.
/// </summary>
internal static class KafkaDump
{
    /// <summary>File (data directory/partition/name) to its batches or entries.</summary>
    public static SortedDictionary<string, List<string>> Read(string path)
    {
        var files = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        List<string>? current = null;
        foreach (var line in File.ReadLines(path))
        {
            if (line.StartsWith("Dumping "))
            {
                files[line["Dumping ".Length..]] = current = [];
            }
            else if (Said(line) is { } said && current is not null)
            {
                current.Add(said);
            }
        }
        foreach (var (file, lines) in files)
        {
            lines.RemoveAll(line => IsPadding(file, line));
        }
        return files;
    }

    /// <summary>Kafka's tool takes the first zeros of a preallocated index for an entry.</summary>
    private static bool IsPadding(string file, string line) =>
        (file.EndsWith(".index") && line.EndsWith(" 0"))
        || (file.EndsWith(".timeindex") && line.StartsWith("0 "));

    /// <summary>A line of names and values in turn; other lines say nothing here.</summary>
    private static string? Said(string line)
    {
        var words = line.Split(' ');
        var isEntry = words is ["offset:", _, "position:", _] or ["timestamp:", _, "offset:", _];
        return words[0] == "baseOffset:" || isEntry
            ? string.Join(' ', words.Where(IsSaid).Select(OurWord))
            : null;
    }

    /// <summary>Values, and the one name that says something.</summary>
    private static bool IsSaid(string word, int i) => i % 2 == 1 || word is "CreateTime:" or "LogAppendTime:";

    private static string OurWord(string word) => word switch
    {
        "true" => "True",
        "false" => "False",
        "OptionalLong.empty" => "",
        _ when word.StartsWith("OptionalLong[") => word[13..^1],
        _ => word.TrimEnd(':'),
    };
}
