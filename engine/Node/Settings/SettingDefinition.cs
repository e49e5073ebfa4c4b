using System;
using System.Globalization;

namespace Testbed.Node.Settings;

/// <summary>One setting Kafka knows: what values it takes and what it is when nobody sets it.</summary>
/// <param name="Name">Kafka's name.</param>
/// <param name="Type">Type of its value.</param>
/// <param name="IsDynamic">True when it can change while the node runs.</param>
/// <param name="Default">Text of its default; null when it has none.</param>
/// <param name="Rule">What else is asked of a value.</param>
public sealed record SettingDefinition(
    string Name, SettingType Type, bool IsDynamic, string? Default, SettingRule Rule)
{
    /// <summary>
    /// Checks a value. Null when it is good; otherwise a sentence that names the setting, the value and what
    /// is allowed.
    /// </summary>
    public string? Problem(string value)
    {
        var text = value.Trim();
        var (isRead, number) = ReadNumber(text);
        if (!isRead)
        {
            return $"{Name}={value}: a value of type {TypeName} is expected";
        }
        return Rule.Allows(text, number, Type) ? null : $"{Name}={value}: allowed is {Rule.Words}";
    }

    private string TypeName => Type switch
    {
        SettingType.Boolean => "boolean (true or false)",
        SettingType.Int => "int (a whole number of 32 bits)",
        SettingType.Short => "short (a whole number of 16 bits)",
        SettingType.Long => "long (a whole number of 64 bits)",
        SettingType.Double => "double (a number)",
        SettingType.List => "list (words separated by commas)",
        _ => "string",
    };

    private (bool IsRead, double Number) ReadNumber(string text)
    {
        const NumberStyles Whole = NumberStyles.AllowLeadingSign;
        var invariant = CultureInfo.InvariantCulture;
        switch (Type)
        {
            case SettingType.Boolean:
                return (text.Equals("true", StringComparison.OrdinalIgnoreCase)
                    || text.Equals("false", StringComparison.OrdinalIgnoreCase), 0);
            case SettingType.Int:
                return (int.TryParse(text, Whole, invariant, out var whole), whole);
            case SettingType.Short:
                return (short.TryParse(text, Whole, invariant, out var small), small);
            case SettingType.Long:
                return (long.TryParse(text, Whole, invariant, out var large), large);
            case SettingType.Double:
                return (double.TryParse(text, NumberStyles.Float, invariant, out var real), real);
            default:
                return (true, 0);
        }
    }
}
