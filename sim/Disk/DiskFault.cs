using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// What goes wrong with one operation: it ends with <paramref name="Status"/> unless that is Ok, and takes
/// <paramref name="ExtraTicks"/> (100 ns) longer. The default is no fault.
/// </summary>
public readonly record struct DiskFault(IoStatus Status = IoStatus.Ok, long ExtraTicks = 0)
{
    public static DiskFault None => default;
}
