using System;
using System.Collections.Generic;
using System.Globalization;
using Testbed.Foundation;

namespace Testbed.Node.Settings;

/// <summary>
/// Values by name over a table of definitions: what was given, and the defaults for the rest. Every value in
/// here has passed its definition's check.
/// </summary>
public sealed class SettingValues
{
    private readonly SettingTable _table;
    private readonly SortedDictionary<string, string> _given;

    internal SettingValues(SettingTable table, SortedDictionary<string, string> given)
    {
        _table = table;
        _given = given;
    }

    /// <summary>What was given, by name in ordinal order.</summary>
    public IReadOnlyDictionary<string, string> Given => _given;

    public bool IsGiven(string name) => _given.ContainsKey(name);

    /// <summary>The value's text; null when there is neither a value nor a default.</summary>
    public string? Text(string name)
    {
        var isKnown = _table.TryGet(name, out var definition);
        Invariant.Assert(isKnown);
        return _given.TryGetValue(name, out var value) ? value.Trim() : definition.Default;
    }

    public int Int(string name) => int.Parse(Required(name), CultureInfo.InvariantCulture);

    public long Long(string name) => long.Parse(Required(name), CultureInfo.InvariantCulture);

    public double Double(string name) =>
        double.Parse(Required(name), NumberStyles.Float, CultureInfo.InvariantCulture);

    public bool Bool(string name) => Required(name).Equals("true", StringComparison.OrdinalIgnoreCase);

    public string[] List(string name) =>
        (Text(name) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private string Required(string name)
    {
        var text = Text(name);
        Invariant.Assert(text is not null);
        return text;
    }
}
