namespace Testbed.Client;

/// <summary>One setting of a topic or broker.</summary>
/// <param name="Name">Kafka's name of it.</param>
/// <param name="Value">Its value; null when it has none or it must not be told.</param>
/// <param name="Source">
/// Where the value comes from, by Kafka's numbers: 1 the topic itself, 5 the default.
/// </param>
/// <param name="IsReadOnly">It cannot be changed.</param>
/// <param name="IsSensitive">Its value is not told.</param>
public sealed record ConfigEntry(string Name, string? Value, sbyte Source, bool IsReadOnly, bool IsSensitive)
{
    private const sbyte DefaultSource = 5;

    public bool IsDefault => Source == DefaultSource;
}
