using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Testbed.Runner.Serving;

/// <summary>
/// Java's .properties format (java.util.Properties.load) as Kafka's server.properties uses it: name=value or
/// name:value or name value; # and ! begin comments; a backslash at the end of a line goes on with the next;
/// \uXXXX and \t \n \r \f are characters, any other character behind a backslash is itself. Blanks at the end
/// of a value belong to it: it is for the reader of the setting to drop them.
/// </summary>
public static class PropertiesFile
{
    private const int UnicodeDigits = 4;

    /// <summary>
    /// Names and values in the order of the file; of a name that comes twice the last counts. False, with a
    /// sentence that names the line, where Java would refuse the file.
    /// </summary>
    public static bool TryParse(
        string text,
        out IReadOnlyList<KeyValuePair<string, string>> settings,
        [NotNullWhen(false)] out string? problem)
    {
        var entries = new List<KeyValuePair<string, string>>();
        settings = entries;
        problem = null;
        foreach (var (start, line) in LogicalLines(text))
        {
            var split = NameEnd(line);
            if (!TryUnescape(line.AsSpan(0, split), out var name)
                || !TryUnescape(line.AsSpan(ValueStart(line, split)), out var value))
            {
                problem = $"line {LineNumber(text, start)}: four hexadecimal digits must follow \\u, "
                    + "and a backslash that is meant is written twice";
                return false;
            }
            entries.RemoveAll(entry => entry.Key == name);
            entries.Add(new KeyValuePair<string, string>(name, value));
        }
        return true;
    }

    /// <summary>
    /// Lines put together, without comments; and where in the text each begins. A backslash alone on a line
    /// has nothing to go on with: a comment may follow it.
    /// </summary>
    private static IEnumerable<(int Start, string Line)> LogicalLines(string text)
    {
        for (var at = 0; (at = SkipBlank(text, at, isNewLineBlank: true)) < text.Length;)
        {
            var start = at;
            if (text[at] is '#' or '!')
            {
                at = LineEnd(text, at);
                continue;
            }
            var line = new StringBuilder();
            at = ReadLine(text, at, line, out var isGoingOn);
            while (isGoingOn && line.Length > 0)
            {
                at = ReadLine(text, SkipBlank(text, at, isNewLineBlank: false), line, out isGoingOn);
            }
            if (!isGoingOn)
            {
                yield return (start, line.ToString());
            }
        }
    }

    /// <summary>
    /// Adds the rest of a line and tells where the next begins. One with a single backslash at its end goes
    /// on there; the backslash is not added.
    /// </summary>
    private static int ReadLine(string text, int at, StringBuilder line, out bool isGoingOn)
    {
        isGoingOn = false;
        var end = LineEnd(text, at);
        while (at < end)
        {
            var isEscape = text[at] == '\\';
            if (isEscape && at + 1 == end)
            {
                isGoingOn = end < text.Length;
                break;
            }
            line.Append(text, at, isEscape ? 2 : 1);
            at += isEscape ? 2 : 1;
        }
        var isPair = end + 1 < text.Length && text[end] == '\r' && text[end + 1] == '\n';
        return end + (isPair ? 2 : 1);
    }

    private static int LineEnd(string text, int at)
    {
        var length = text.AsSpan(at).IndexOfAny('\r', '\n');
        return length < 0 ? text.Length : at + length;
    }

    private static int SkipBlank(string text, int at, bool isNewLineBlank)
    {
        while (at < text.Length && (IsBlank(text[at]) || (isNewLineBlank && text[at] is '\r' or '\n')))
        {
            at++;
        }
        return at;
    }

    private static int NameEnd(string line)
    {
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '\\')
            {
                i++;
            }
            else if (line[i] is '=' or ':' || IsBlank(line[i]))
            {
                return i;
            }
        }
        return line.Length;
    }

    /// <summary>Behind blanks, at most one = or :, and blanks again.</summary>
    private static int ValueStart(string line, int nameEnd)
    {
        var at = SkipBlank(line, nameEnd, isNewLineBlank: false);
        return at < line.Length && line[at] is '=' or ':'
            ? SkipBlank(line, at + 1, isNewLineBlank: false)
            : at;
    }

    private static bool TryUnescape(ReadOnlySpan<char> text, out string plain)
    {
        var read = new StringBuilder(text.Length);
        plain = "";
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                read.Append(text[i]);
                continue;
            }
            i++;
            if (text[i] != 'u')
            {
                read.Append(Escaped(text[i]));
                continue;
            }
            if (text.Length - i <= UnicodeDigits || !ushort.TryParse(
                text.Slice(i + 1, UnicodeDigits),
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture,
                out var code))
            {
                return false;
            }
            read.Append((char)code);
            i += UnicodeDigits;
        }
        plain = read.ToString();
        return true;
    }

    private static char Escaped(char letter) => letter switch
    {
        't' => '\t',
        'n' => '\n',
        'r' => '\r',
        'f' => '\f',
        _ => letter,
    };

    private static int LineNumber(string text, int at)
    {
        var number = 1;
        for (var end = LineEnd(text, 0); end < at; end = LineEnd(text, end + 1))
        {
            var isPair = text[end] == '\r' && text[end + 1] == '\n';
            number += isPair ? 0 : 1;
        }
        return number;
    }

    private static bool IsBlank(char letter) => letter is ' ' or '\t' or '\f';
}
