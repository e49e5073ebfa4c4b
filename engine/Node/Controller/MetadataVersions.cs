using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Node.Controller;

/// <summary>
/// Versions in which metadata records are written: those of metadata.version 4.3-IV0 (level 30), the one this
/// node finalizes.
/// </summary>
public static class MetadataVersions
{
    public const short MetadataVersion = 30;

    public static short Of(IMetadataRecord record) => record switch
    {
        RegisterBrokerRecord => 4,
        BrokerRegistrationChangeRecord => 3,
        PartitionRecord => 2,
        PartitionChangeRecord => 2,
        _ => 0,
    };
}
