using System.Collections.Generic;

namespace Testbed.Node.Settings;

/// <summary>A node's settings with their origins. Passwords keep their values to themselves.</summary>
public static class BrokerConfigEntries
{
    /// <summary>Every setting, in ordinal order of the names.</summary>
    public static IEnumerable<ConfigEntry> All(SettingValues node)
    {
        foreach (var definition in BrokerSettingTable.Table.All)
        {
            yield return Of(definition, node);
        }
    }

    private static ConfigEntry Of(SettingDefinition definition, SettingValues node)
    {
        var isSensitive = definition.Type == SettingType.Password;
        var synonyms = new List<ConfigSynonym>();
        if (node.IsGiven(definition.Name))
        {
            var given = isSensitive ? null : node.Text(definition.Name);
            synonyms.Add(new ConfigSynonym(definition.Name, given, ConfigSource.StaticBrokerConfig));
        }
        if (definition.Default is not null)
        {
            synonyms.Add(new ConfigSynonym(definition.Name, definition.Default, ConfigSource.DefaultConfig));
        }
        var inForce = synonyms.Count > 0
            ? synonyms[0]
            : new ConfigSynonym(definition.Name, null, ConfigSource.DefaultConfig);
        return new ConfigEntry(
            definition.Name,
            inForce.Value,
            inForce.Source,
            definition.Type,
            !definition.IsDynamic,
            isSensitive,
            synonyms);
    }
}
