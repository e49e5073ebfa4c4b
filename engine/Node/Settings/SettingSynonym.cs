using System.Globalization;

namespace Testbed.Node.Settings;

/// <summary>
/// A node's setting behind a topic's, and the factor between their units (hours to ms: 3,600,000).
/// </summary>
public sealed record SettingSynonym(string BrokerSetting, long Factor)
{
    /// <summary>Reads `name` or `name*factor`.</summary>
    internal static SettingSynonym Parse(string text)
    {
        var star = text.IndexOf('*');
        return star < 0
            ? new SettingSynonym(text, 1)
            : new SettingSynonym(text[..star], long.Parse(text[(star + 1)..], CultureInfo.InvariantCulture));
    }

    /// <summary>The value in the topic's units. Negative values mean "no limit" in any unit.</summary>
    internal string Convert(string value) =>
        Factor == 1 || !long.TryParse(value, CultureInfo.InvariantCulture, out var number)
            ? value
            : (number < 0 ? number : number * Factor).ToString(CultureInfo.InvariantCulture);
}
