using System.Collections.Generic;

namespace Testbed.Node.Settings;

/// <summary>A topic's settings with their origins.</summary>
public static class TopicConfigEntries
{
    /// <summary>Every setting, in ordinal order of the names.</summary>
    public static IEnumerable<ConfigEntry> All(IReadOnlyDictionary<string, string> own, SettingValues node)
    {
        foreach (var definition in TopicSettingTable.Table.All)
        {
            yield return Of(definition, own, node);
        }
    }

    private static ConfigEntry Of(
        SettingDefinition definition, IReadOnlyDictionary<string, string> own, SettingValues node)
    {
        var synonyms = new List<ConfigSynonym>();
        if (own.TryGetValue(definition.Name, out var value))
        {
            synonyms.Add(new ConfigSynonym(definition.Name, value, ConfigSource.TopicConfig));
        }
        foreach (var synonym in TopicSettingTable.SynonymsOf(definition.Name))
        {
            if (node.IsGiven(synonym.BrokerSetting))
            {
                var given = synonym.Convert(node.Text(synonym.BrokerSetting)!);
                synonyms.Add(
                    new ConfigSynonym(synonym.BrokerSetting, given, ConfigSource.StaticBrokerConfig));
            }
        }
        if (TopicSettingTable.SynonymsOf(definition.Name) is [var nearest, ..]
            && BrokerSettingTable.Table.TryGet(nearest.BrokerSetting, out var broker)
            && broker.Default is not null)
        {
            synonyms.Add(
                new ConfigSynonym(nearest.BrokerSetting, broker.Default, ConfigSource.DefaultConfig));
        }
        var inForce = synonyms.Count > 0
            ? synonyms[0]
            : new ConfigSynonym(definition.Name, definition.Default, ConfigSource.DefaultConfig);
        return new ConfigEntry(
            definition.Name,
            inForce.Value,
            inForce.Source,
            definition.Type,
            IsReadOnly: false,
            IsSensitive: false,
            synonyms);
    }
}
