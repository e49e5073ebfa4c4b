using System;
using Testbed.Sim;

namespace Testbed.Tests.Sim.Logs;

/// <summary>Counts the operations of a disk, and does something when the so-manieth begins.</summary>
internal sealed class CrashPoint(int at, Action crash) : IDiskFaults
{
    /// <summary>Operations begun.</summary>
    public int Begun { get; private set; }

    public DiskFault Decide(in DiskRequest request)
    {
        if (++Begun == at)
        {
            crash();
        }
        return DiskFault.None;
    }
}
