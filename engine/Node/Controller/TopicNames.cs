using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Node.Controller;

/// <summary>Kafka's rules for names of topics.</summary>
public static class TopicNames
{
    /// <summary>
    /// The name of the metadata log, which is no topic: its directory lies among those of the partitions.
    /// </summary>
    public const string Metadata = "__cluster_metadata";

    /// <summary>Null when the name may be used; otherwise why not, as a sentence.</summary>
    public static string? Problem(string name)
    {
        if (name.Length == 0)
        {
            return "a topic's name cannot be empty";
        }
        if (name is "." or "..")
        {
            return "a topic cannot be named '.' or '..'";
        }
        if (name.Length > Limits.TopicNameMaxLength)
        {
            return $"a topic's name has at most {Limits.TopicNameMaxLength} characters, "
                + $"this one has {name.Length}";
        }
        foreach (var letter in name)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('.' or '_' or '-'))
            {
                return $"topic name '{name}' may contain only letters, digits, '.', '_' and '-'";
            }
        }
        return null;
    }

    /// <summary>
    /// The topic whose name becomes the same when '.' and '_' are one, as metrics have it; null when there is
    /// none.
    /// </summary>
    public static string? Collision(string name, IEnumerable<TopicImage> topics)
    {
        foreach (var topic in topics)
        {
            if (topic.Name != name && topic.Name.Replace('.', '_') == name.Replace('.', '_'))
            {
                return topic.Name;
            }
        }
        return null;
    }

    /// <summary>Topics that Kafka keeps for itself.</summary>
    public static bool IsInternal(string name) =>
        name is "__consumer_offsets" or "__transaction_state" or "__share_group_state";
}
