using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Wire.Messages;

namespace Testbed.Node.Requests.Admin;

/// <summary>
/// Tells the cluster which of this broker's log directories still work (KIP-858), so that new partitions are
/// placed there. The next start registers all of them again.
/// </summary>
internal sealed class DirectoryFailureStep(AdminContext admin, IReadOnlyList<LogDirectory> directories)
    : IAdminStep
{
    public async EngineTask Run()
    {
        var broker = admin.Node.Image.Broker(admin.Node.Settings.NodeId)!;
        var working = directories.Where(static directory => !directory.IsOffline)
            .Select(static directory => directory.Id).Order().ToList();
        if (working.Count > 0 && !working.SequenceEqual(broker.Directories))
        {
            await admin.Log.Append([new BrokerRegistrationChangeRecord
            {
                BrokerId = broker.Id.Value,
                BrokerEpoch = broker.Epoch,
                LogDirs = working,
            }]);
        }
    }
}
