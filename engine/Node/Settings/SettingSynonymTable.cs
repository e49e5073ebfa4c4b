using System;
using System.Collections.Generic;

namespace Testbed.Node.Settings;

/// <summary>What topic settings fall back to, read from rows of text: `topic-setting node-setting,node-setting*factor`.</summary>
internal sealed class SettingSynonymTable
{
    private readonly SortedDictionary<string, IReadOnlyList<SettingSynonym>> _byTopicSetting = new(StringComparer.Ordinal);

    public SettingSynonymTable(string rows)
    {
        foreach (var row in rows.Split('\n'))
        {
            var columns = row.Split(' ');
            _byTopicSetting.Add(columns[0], Array.ConvertAll(columns[1].Split(','), SettingSynonym.Parse));
        }
    }

    /// <summary>Nearest first; empty for a setting that falls back to nothing.</summary>
    public IReadOnlyList<SettingSynonym> Of(string topicSetting) =>
        _byTopicSetting.TryGetValue(topicSetting, out var synonyms) ? synonyms : [];
}
