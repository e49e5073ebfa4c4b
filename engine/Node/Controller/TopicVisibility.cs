using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Node.Controller;

/// <summary>
/// How much of each topic clients are told: new topics, and new partitions of a topic, show all at once, when
/// their logs are open. A client that hears of a partition sooner has its first requests refused, and with
/// several on their way the records that it sends again come after those it sent later; one that hears of
/// some of the partitions only puts keys where they do not belong.
/// </summary>
public sealed class TopicVisibility
{
    private readonly Dictionary<Uuid, int> _counts = [];

    /// <summary>
    /// How many partitions, from 0 on, are shown; none of a topic that is still being made.
    /// </summary>
    public int PartitionCount(TopicImage topic) => _counts.GetValueOrDefault(topic.Id);

    public bool IsVisible(TopicImage topic) => PartitionCount(topic) > 0;

    /// <summary>All partitions that the topic has now are shown from now on.</summary>
    public void Show(TopicImage topic) => _counts[topic.Id] = topic.Partitions.Count;

    public void Forget(Uuid topic) => _counts.Remove(topic);
}
