using System.Runtime.InteropServices;

namespace Testbed.Tests.Net;

/// <summary>Linux calls that only the tests need.</summary>
internal static partial class NativeCalls
{
    public const int ThreadProcessorTime = 3;    // CLOCK_THREAD_CPUTIME_ID
    public const int DescriptorsLimit = 7;       // RLIMIT_NOFILE

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    public static partial int GetTime(int clock, out TimeSpec time);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    public static partial int SetLimit(int resource, in ResourceLimit limit);

    /// <summary>Nanoseconds of processor time that this thread has used.</summary>
    public static long ThreadNanoseconds() =>
        GetTime(ThreadProcessorTime, out var time) == 0 ? time.Seconds * 1_000_000_000 + time.Nanoseconds : 0;
}
