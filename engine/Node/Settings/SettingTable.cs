using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Testbed.Foundation;

namespace Testbed.Node.Settings;

/// <summary>Settings by name, read from rows of text: `name type static|dynamic default rule`.</summary>
public sealed class SettingTable
{
    private readonly ImmutableSortedDictionary<string, SettingDefinition> _byName;

    internal SettingTable(params ReadOnlySpan<string> texts)
    {
        var byName = ImmutableSortedDictionary
            .CreateBuilder<string, SettingDefinition>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            foreach (var row in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                var definition = Read(row.Split(' ', StringSplitOptions.RemoveEmptyEntries));
                byName.Add(definition.Name, definition);
            }
        }
        _byName = byName.ToImmutable();
    }

    /// <summary>All settings in ordinal order of their names.</summary>
    public IEnumerable<SettingDefinition> All => _byName.Values;

    public bool TryGet(string name, out SettingDefinition definition) =>
        _byName.TryGetValue(name, out definition!);

    /// <summary>
    /// The known name nearest to a misspelt one; null when none is near (more than a third differs).
    /// </summary>
    public string? Nearest(string name)
    {
        var best = _byName.Keys
            .Select(known => (known, distance: EditDistance.Between(name, known)))
            .MinBy(candidate => candidate.distance);
        return best.known is not null && best.distance <= Math.Max(2, name.Length / 3) ? best.known : null;
    }

    private static SettingDefinition Read(string[] columns)
    {
        Invariant.Assert(columns.Length is 4 or 5);
        var type = Enum.Parse<SettingType>(columns[1], ignoreCase: true);
        var fallback = columns[3] switch { "~" => null, "\"\"" => "", var text => text };
        var rule = SettingRule.Parse(columns.Length == 5 ? columns[4] : "");
        return new SettingDefinition(columns[0], type, columns[2] == "dynamic", fallback, rule);
    }
}
