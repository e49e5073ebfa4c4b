namespace Testbed.Sim;

/// <summary>Decides what goes wrong on a disk.</summary>
public interface IDiskFaults
{
    /// <summary>Asked once for each operation, when the disk begins it.</summary>
    DiskFault Decide(in DiskRequest request);
}
