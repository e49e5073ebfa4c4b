using System.Linq;
using Testbed.Foundation;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Node.Controller;

/// <summary>
/// Applies records of the metadata log to an image. Records that only features we do not have make are kept
/// in the log and change nothing here.
/// </summary>
public static class MetadataReplay
{
    private const int NoLeaderChange = -2;

    public static void Apply(MetadataImage image, IMetadataRecord record)
    {
        switch (record)
        {
            case TopicRecord topic:
                image.Add(new TopicImage(topic.Name, topic.TopicId));
                break;
            case PartitionRecord partition:
                TopicOf(image, partition.TopicId).Add(Read(partition));
                break;
            case PartitionChangeRecord change:
                Apply(TopicOf(image, change.TopicId), change);
                break;
            case RemoveTopicRecord removed:
                image.Remove(TopicOf(image, removed.TopicId));
                break;
            case ConfigRecord config:
                var resource = new ConfigResource(
                    (ConfigResourceType)config.ResourceType, config.ResourceName);
                image.PutConfig(resource, config.Name, config.Value);
                break;
            case ProducerIdsRecord ids:
                image.NextProducerId = ids.NextProducerId;
                break;
            case FeatureLevelRecord feature:
                image.PutFeature(feature.Name, feature.FeatureLevel);
                break;
            case RegisterBrokerRecord broker:
                image.Put(Read(broker));
                break;
            case BrokerRegistrationChangeRecord change:
                Apply(image, change);
                break;
            default:
                break;
        }
    }

    private static TopicImage TopicOf(MetadataImage image, Uuid id)
    {
        var topic = image.Topic(id);
        Invariant.Assert(topic is not null);
        return topic;
    }

    private static PartitionImage Read(PartitionRecord record) => new(
        record.PartitionId,
        new NodeId(record.Leader),
        new LeaderEpoch(record.LeaderEpoch),
        record.PartitionEpoch,
        record.Replicas,
        record.Isr,
        record.Directories);

    private static void Apply(TopicImage topic, PartitionChangeRecord change)
    {
        var before = topic.Partitions[change.PartitionId];
        var isElection = change.Leader != NoLeaderChange;
        topic.Replace(before with
        {
            Isr = change.Isr ?? before.Isr,
            Replicas = change.Replicas ?? before.Replicas,
            Directories = change.Directories ?? before.Directories,
            Leader = isElection ? new NodeId(change.Leader) : before.Leader,
            LeaderEpoch = isElection ? new LeaderEpoch(before.LeaderEpoch.Value + 1) : before.LeaderEpoch,
            PartitionEpoch = before.PartitionEpoch + 1,
        });
    }

    private static BrokerImage Read(RegisterBrokerRecord record) => new(
        new NodeId(record.BrokerId),
        record.BrokerEpoch,
        record.IncarnationId,
        [
            .. record.EndPoints.Select(
                static at => new BrokerEndpoint(at.Name, new NetworkAddress(at.Host, at.Port))),
        ],
        record.Rack,
        record.Fenced,
        record.LogDirs);

    private static void Apply(MetadataImage image, BrokerRegistrationChangeRecord change)
    {
        var before = image.Broker(new NodeId(change.BrokerId));
        Invariant.Assert(before is not null);
        Invariant.Assert(before.Epoch == change.BrokerEpoch);
        image.Put(before with
        {
            IsFenced = change.Fenced == 0 ? before.IsFenced : change.Fenced > 0,
            Directories = change.LogDirs.Count == 0 ? before.Directories : change.LogDirs,
        });
    }
}
