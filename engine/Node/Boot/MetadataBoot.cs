using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Node.Controller;
using Testbed.Node.Requests;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Node.Boot;

/// <summary>
/// Brings the metadata up to the present: replays the log, becomes its writer, founds the cluster when the
/// log is empty, registers this incarnation of the broker and elects it leader of its partitions anew. A new
/// leader epoch at every start keeps (epoch, offset) unique even when the start before lost what it had not
/// synced.
/// </summary>
internal sealed class MetadataBoot(
    NodeContext node,
    MetadataLog log,
    IReadOnlyList<LogDirectory> directories,
    IReadOnlyList<BrokerEndpoint> endpoints)
{
    private const int RecordsPerBatch = 500;
    private const sbyte Unfenced = -1;

    /// <summary>Null when all is well.</summary>
    public async EngineTask<string?> Run()
    {
        if (log.Problem is { } problem)
        {
            return $"log.dirs: the metadata log cannot be used: {problem}; "
                + "mend the disk, or put back a copy of the directory";
        }
        if (!await log.Replay())
        {
            return "the metadata log cannot be read";
        }
        // Asked of the image: a crash may have come between the writer's first batch and the founding
        // records.
        var isNew = !node.Image.Features.ContainsKey(Features.MetadataVersion);
        var isWritten = await log.BecomeWriter(node.Settings.NodeId)
            && (!isNew || await log.Append(FoundingRecords()))
            && await Register()
            && await Elect();
        return isWritten ? null : $"the metadata log cannot be written: {log.Problem}";
    }

    private static List<IMetadataRecord> FoundingRecords() =>
    [
        new FeatureLevelRecord
        {
            Name = Features.MetadataVersion,
            FeatureLevel = MetadataVersions.MetadataVersion,
        },
    ];

    private async EngineTask<bool> Register()
    {
        var id = node.Settings.NodeId.Value;
        var epoch = log.EndOffset.Value;
        var registration = new RegisterBrokerRecord
        {
            BrokerId = id,
            IncarnationId = node.Shard.Random("ids").NextUuid(),
            BrokerEpoch = epoch,
            Rack = node.Settings.Rack,
            Fenced = true,
            LogDirs =
            [
                .. directories.Where(static directory => !directory.IsOffline)
                    .Select(static directory => directory.Id).Order(),
            ],
        };
        foreach (var endpoint in endpoints)
        {
            registration.EndPoints.Add(new RegisterBrokerRecordBrokerEndpoint
            {
                Name = endpoint.ListenerName,
                Host = endpoint.Address.Host,
                Port = (ushort)endpoint.Address.Port,
            });
        }
        foreach (var feature in Features.Supported)
        {
            registration.Features.Add(new RegisterBrokerRecordBrokerFeature
            {
                Name = feature.Name,
                MinSupportedVersion = feature.Lowest,
                MaxSupportedVersion = feature.Highest,
            });
        }
        var unfencing = new BrokerRegistrationChangeRecord
        {
            BrokerId = id,
            BrokerEpoch = epoch,
            Fenced = Unfenced,
        };
        return await log.Append([registration]) && await log.Append([unfencing]);
    }

    private async EngineTask<bool> Elect()
    {
        var id = node.Settings.NodeId.Value;
        var elections = new List<IMetadataRecord>();
        foreach (var topic in node.Image.Topics)
        {
            foreach (var partition in topic.Partitions)
            {
                if (partition.Isr.Contains(id))
                {
                    elections.Add(new PartitionChangeRecord
                    {
                        PartitionId = partition.Index,
                        TopicId = topic.Id,
                        Leader = id,
                    });
                }
            }
        }
        var isWritten = true;
        foreach (var some in elections.Chunk(RecordsPerBatch))
        {
            isWritten = isWritten && await log.Append(some);
        }
        return isWritten;
    }
}
