using System;
using System.Collections.Generic;
using System.Globalization;
using Testbed.Foundation;

namespace Testbed.Node.Boot;

/// <summary>
/// Kafka's meta.properties, version 1: which cluster and node a log directory belongs to, and the directory's
/// own id.
/// </summary>
public sealed record MetaProperties(string ClusterId, NodeId NodeId, Uuid DirectoryId)
{
    public const string FileName = "meta.properties";

    public string Format() =>
        $"version=1\ncluster.id={ClusterId}\nnode.id={NodeId}\ndirectory.id={DirectoryId}\n";

    /// <summary>
    /// Reads a file; null, the reason and what helps when it cannot be used. Version 0 has broker.id and no
    /// directory.id.
    /// </summary>
    public static MetaProperties? TryParse(string text, out string problem)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n'))
        {
            var equals = line.IndexOf('=');
            if (equals > 0 && line[0] != '#')
            {
                values[line[..equals].Trim()] = line[(equals + 1)..].Trim();
            }
        }
        problem = "";
        var node = values.GetValueOrDefault("node.id") ?? values.GetValueOrDefault("broker.id");
        var version = values.GetValueOrDefault("version", "1");
        if (version is not ("0" or "1"))
        {
            problem = $"its version is {version}, and only version 1 is known here";
        }
        else if (!values.TryGetValue("cluster.id", out var cluster) || cluster.Length == 0)
        {
            problem = "it has no cluster.id";
        }
        else if (!int.TryParse(node, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            problem = "it has no node.id";
        }
        else if (!Uuid.TryParse(values.GetValueOrDefault("directory.id", ""), out _))
        {
            problem = "it has no directory.id of 22 characters; directories of Kafka before 3.7 have none";
        }
        if (problem.Length > 0)
        {
            problem += "; put back the right file or name another directory";
            return null;
        }
        var isRead = Uuid.TryParse(values["directory.id"], out var directory);
        Invariant.Assert(isRead);
        return new MetaProperties(
            values["cluster.id"], new NodeId(int.Parse(node!, CultureInfo.InvariantCulture)), directory);
    }
}
