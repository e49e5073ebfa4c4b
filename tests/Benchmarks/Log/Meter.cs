using System;
using System.Diagnostics;
using System.Globalization;

namespace Testbed.Tests.Benchmarks;

/// <summary>Wall time, processor time and allocations of the whole process since it was made.</summary>
internal sealed class Meter
{
    private const double BytesPerGb = 1e9;

    private readonly long _allocated = GC.GetTotalAllocatedBytes(precise: true);
    private readonly TimeSpan _cpu = Environment.CpuUsage.TotalTime;
    private readonly long _began = Stopwatch.GetTimestamp();

    /// <summary>A row of the table.</summary>
    /// <param name="name">What was done.</param>
    /// <param name="count">How often.</param>
    /// <param name="bytes">Moved in all.</param>
    public string Row(string name, long count, long bytes)
    {
        var seconds = Stopwatch.GetElapsedTime(_began).TotalSeconds;
        var cpu = (Environment.CpuUsage.TotalTime - _cpu).TotalSeconds;
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - _allocated;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-44} {count,9} {seconds * 1e6 / count,10:F2} {cpu * 1e6 / count,10:F2} "
                + $"{cpu / (bytes / BytesPerGb),10:F3} {seconds / (bytes / BytesPerGb),10:F3} "
                + $"{(double)allocated / count,10:F0}");
    }

    public static string Head() =>
        $"{"",-44} {"count",9} {"us each",10} {"CPU us",10} {"CPU s/GB",10} {"s/GB",10} {"bytes each",10}";
}
