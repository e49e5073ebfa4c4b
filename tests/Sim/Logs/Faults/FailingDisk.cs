using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Sim;

namespace Testbed.Tests.Sim.Logs;

/// <summary>A disk whose so-manieth operation fails, alone or with all that follow.</summary>
internal sealed class FailingDisk(int at, IoStatus status, bool isForEver) : IDiskFaults
{
    /// <summary>Operations begun.</summary>
    public int Begun { get; private set; }

    public List<DiskRequest> Failed { get; } = [];

    public DiskFault Decide(in DiskRequest request)
    {
        Begun++;
        if (Begun != at && !(isForEver && Begun > at))
        {
            return DiskFault.None;
        }
        Failed.Add(request);
        return new DiskFault(status);
    }
}
