using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Testbed.Node.Settings;

/// <summary>
/// What a value must be beyond its type: within a range (and perhaps one number outside it), or one of a few
/// words; for a list, each element one of the words.
/// </summary>
public sealed class SettingRule
{
    private readonly double? _least;
    private readonly double? _most;
    private readonly double? _also;
    private readonly IReadOnlyList<string> _allowedWords;

    private SettingRule(
        double? least, double? most, double? also, IReadOnlyList<string> allowedWords, string words)
    {
        _least = least;
        _most = most;
        _also = also;
        _allowedWords = allowedWords;
        Words = words;
    }

    public static SettingRule Anything { get; } = new(null, null, null, [], "anything");

    /// <summary>The rule as people read it.</summary>
    public string Words { get; }

    /// <summary>Reads a rule: `0..`, `1..9,-1`, or `CreateTime|LogAppendTime`.</summary>
    public static SettingRule Parse(string text)
    {
        if (text.Length == 0)
        {
            return Anything;
        }
        var range = text.IndexOf("..", StringComparison.Ordinal);
        if (range < 0)
        {
            var words = text.Split('|');
            return new SettingRule(null, null, null, words, "one of " + string.Join(", ", words));
        }
        var upper = text[(range + 2)..].Split(',');
        var least = Number(text[..range]);
        double? most = upper[0].Length == 0 ? null : Number(upper[0]);
        double? also = upper.Length > 1 ? Number(upper[1]) : null;
        var said = most is null ? $"{text[..range]} or more" : $"{text[..range]} to {upper[0]}";
        return new SettingRule(least, most, also, [], also is null ? said : $"{said}, or {upper[1]}");
    }

    internal bool Allows(string text, double number, SettingType type)
    {
        if (_allowedWords.Count > 0)
        {
            return type == SettingType.List
                ? text.Split(',').All(element => IsWord(element.Trim()))
                : IsWord(text);
        }
        if (_also is not null && number == _also)
        {
            return true;
        }
        return (_least is null || number >= _least) && (_most is null || number <= _most);
    }

    private bool IsWord(string text) => _allowedWords.Contains(text, StringComparer.Ordinal);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
