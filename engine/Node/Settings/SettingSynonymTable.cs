using System;
using System.Collections.Generic;
using System.Collections.Immutable;

namespace Testbed.Node.Settings;

/// <summary>
/// What topic settings fall back to, read from rows of text:
/// `topic-setting node-setting,node-setting*factor`.
/// </summary>
internal sealed class SettingSynonymTable
{
    private readonly ImmutableSortedDictionary<string, IReadOnlyList<SettingSynonym>> _byTopicSetting;

    public SettingSynonymTable(string rows)
    {
        var byTopicSetting = ImmutableSortedDictionary
            .CreateBuilder<string, IReadOnlyList<SettingSynonym>>(StringComparer.Ordinal);
        foreach (var row in rows.Split('\n'))
        {
            var columns = row.Split(' ');
            byTopicSetting.Add(columns[0], Array.ConvertAll(columns[1].Split(','), SettingSynonym.Parse));
        }
        _byTopicSetting = byTopicSetting.ToImmutable();
    }

    /// <summary>Nearest first; empty for a setting that falls back to nothing.</summary>
    public IReadOnlyList<SettingSynonym> Of(string topicSetting) =>
        _byTopicSetting.TryGetValue(topicSetting, out var synonyms) ? synonyms : [];
}
