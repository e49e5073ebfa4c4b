using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;

namespace Testbed.Runner;

/// <summary>Kafka's --property name=value flag, with the names that a command knows.</summary>
public sealed class PropertyFlag
{
    private readonly IReadOnlyList<string> _known;

    public PropertyFlag(IReadOnlyList<string> known)
    {
        _known = known;
        Option = new Option<string[]>("--property")
        {
            Description = $"One of {string.Join(", ", known)}; may be given several times.",
            HelpName = "name=value",
            DefaultValueFactory = _ => [],
        };
        Option.Validators.Add(Validate);
    }

    public Option<string[]> Option { get; }

    /// <summary>The value given last for a name, or null.</summary>
    public string? Find(ParseResult parsed, string name)
    {
        string? found = null;
        foreach (var property in parsed.GetValue(Option) ?? [])
        {
            var equals = property.IndexOf('=');
            found = property[..equals] == name ? property[(equals + 1)..] : found;
        }
        return found;
    }

    /// <summary>True when the property is given as true, in any case, as Java reads it.</summary>
    public bool Is(ParseResult parsed, string name) =>
        string.Equals(Find(parsed, name)?.Trim(), "true", System.StringComparison.OrdinalIgnoreCase);

    private void Validate(OptionResult result)
    {
        foreach (var token in result.Tokens)
        {
            var equals = token.Value.IndexOf('=');
            if (equals < 1)
            {
                result.AddError($"--property '{token.Value}' is no property: write name=value.");
            }
            else if (!Contains(token.Value[..equals]))
            {
                result.AddError(
                    $"--property {token.Value[..equals]} is unknown: there are {string.Join(", ", _known)}.");
            }
        }
    }

    private bool Contains(string name)
    {
        foreach (var known in _known)
        {
            if (known == name)
            {
                return true;
            }
        }
        return false;
    }
}
