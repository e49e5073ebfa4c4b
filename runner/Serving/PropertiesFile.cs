using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Testbed.Runner.Serving;

/// <summary>
/// Java's .properties format as Kafka's server.properties uses it: name=value or name:value or name value, #
/// and ! begin comments, a backslash at the end goes on with the next line, \uXXXX and \t \n \r \\ are
/// escapes.
/// </summary>
public static class PropertiesFile
{
    /// <summary>
    /// Names and values in the order of the file; of a name that comes twice the last counts.
    /// </summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Parse(string text)
    {
        var entries = new List<KeyValuePair<string, string>>();
        foreach (var line in LogicalLines(text))
        {
            var split = NameEnd(line);
            var rest = line[split..].TrimStart(' ', '\t', '\f');
            if (rest.Length > 0 && rest[0] is '=' or ':')
            {
                rest = rest[1..].TrimStart(' ', '\t', '\f');
            }
            var name = Unescape(line[..split]);
            entries.RemoveAll(entry => entry.Key == name);
            entries.Add(new KeyValuePair<string, string>(name, Unescape(rest)));
        }
        return entries;
    }

    private static IEnumerable<string> LogicalLines(string text)
    {
        var begun = new StringBuilder();
        foreach (var physical in text.Split('\n'))
        {
            var line = physical.TrimEnd('\r').TrimStart(' ', '\t', '\f');
            if (begun.Length == 0 && (line.Length == 0 || line[0] is '#' or '!'))
            {
                continue;
            }
            if (EndsWithOddBackslashes(line))
            {
                begun.Append(line, 0, line.Length - 1);
                continue;
            }
            yield return begun.Append(line).ToString();
            begun.Clear();
        }
        if (begun.Length > 0)
        {
            yield return begun.ToString();
        }
    }

    private static bool EndsWithOddBackslashes(string line)
    {
        var count = 0;
        while (count < line.Length && line[line.Length - 1 - count] == '\\')
        {
            count++;
        }
        return count % 2 == 1;
    }

    private static int NameEnd(string line)
    {
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '\\')
            {
                i++;
            }
            else if (line[i] is '=' or ':' or ' ' or '\t' or '\f')
            {
                return i;
            }
        }
        return line.Length;
    }

    private static string Unescape(string text)
    {
        if (!text.Contains('\\'))
        {
            return text.TrimEnd();
        }
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                plain.Append(text[i]);
                continue;
            }
            i++;
            if (text[i] == 'u' && i + 4 < text.Length && int.TryParse(
                text.AsSpan(i + 1, 4), NumberStyles.HexNumber, null, out var code))
            {
                plain.Append((char)code);
                i += 4;
                continue;
            }
            plain.Append(
                text[i] switch { 't' => '\t', 'n' => '\n', 'r' => '\r', 'f' => '\f', var other => other });
        }
        return plain.ToString().TrimEnd();
    }
}
