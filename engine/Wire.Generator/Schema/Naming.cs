using System;
using System.Collections.Generic;

namespace Testbed.Wire.Generator.Schema;

/// <summary>
/// The one rule for class names: a struct's class is the message's name followed by the struct's; where the
/// struct's name begins with the message's name, or with that name without its last word, this part is not
/// said twice. FetchRequest: FetchTopic is FetchRequestTopic, ReplicaState is FetchRequestReplicaState.
/// </summary>
internal static class Naming
{
    /// <summary>Members of every generated class, which no field may be called.</summary>
    private static readonly HashSet<string> Taken = new(StringComparer.Ordinal)
    {
        "Api", "RecordType", "LowestVersion", "HighestVersion", "FirstFlexibleVersion", "UnknownTags",
        "Read", "Write", "IsAtDefault", "Equals", "ToString", "GetHashCode", "GetType", "MemberwiseClone",
    };

    public static string ClassOf(string message, string name)
    {
        var stem = message;
        for (var last = message.Length - 1; last > 0 && stem == message; last--)
        {
            stem = char.IsUpper(message[last]) ? message.Substring(0, last) : message;
        }
        return message + (Rest(name, message) ?? Rest(name, stem) ?? name);
    }

    /// <summary>Letters and digits, the first a capital.</summary>
    public static bool IsName(string text)
    {
        if (text.Length == 0 || text[0] is < 'A' or > 'Z')
        {
            return false;
        }
        foreach (var letter in text)
        {
            if (letter is not (>= 'A' and <= 'Z') and not (>= 'a' and <= 'z') and not (>= '0' and <= '9'))
            {
                return false;
            }
        }
        return true;
    }

    public static bool IsTaken(string field) => Taken.Contains(field);

    private static string? Rest(string name, string beginning) =>
        name.Length > beginning.Length
        && name.StartsWith(beginning, StringComparison.Ordinal)
        && char.IsUpper(name[beginning.Length])
            ? name.Substring(beginning.Length)
            : null;
}
