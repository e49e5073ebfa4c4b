using System.IO;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Net;
using Testbed.Runner.Serving;
using Xunit;

namespace Testbed.Tests.Runner.Serving;

/// <summary>Trouble is told with what to do about it; all else is passed over.</summary>
public sealed class ConsoleLogTests
{
    private static readonly TopicPartition Partition = new("orders", 2);

    [Fact]
    public void An_offline_log_is_told_with_its_reason() =>
        Assert.Equal(
            "warning: partition 2 of 'orders' is offline: log directory /data is full. Clients get "
                + "KAFKA_STORAGE_ERROR for it; mend the disk or the file and restart the broker.\n",
            Told(new LogWentOffline(Partition, "log directory /data is full")));

    [Fact]
    public void A_refused_disk_operation_is_told_with_its_directory() =>
        Assert.Equal(
            "warning: the disk refuses an operation in /data: write: no space. "
                + "See whether the disk is full, broken or mounted read-only.\n",
            Told(new DiskOperationFailed("/data", "write: no space")));

    [Fact]
    public void A_listener_that_rests_is_told_with_the_limit_to_raise() =>
        Assert.Equal(
            "warning: no new connections on port 9092 for a moment: TooManyOpenSockets. If this goes on, "
                + "let the broker open more files (ulimit -n) or have clients connect less.\n",
            Told(new AcceptingPaused(9092, "TooManyOpenSockets")));

    [Fact]
    public void A_log_with_a_torn_end_is_told_and_a_whole_one_is_not()
    {
        Assert.Equal(
            "warning: partition 2 of 'orders' ended in 5 bytes that were not completely written; they are "
                + "cut off, and offset 9 is next. That is usual after a crash; nothing needs to be done.\n",
            Told(new LogOpened(Partition, new Offset(0), new Offset(9), 5)));
        Assert.Equal("", Told(new LogOpened(Partition, new Offset(0), new Offset(9), 0)));
        Assert.Equal("", Told(new LogWritten(Partition, new Offset(9), true)));
    }

    private static string Told<T>(T happened)
        where T : struct, ITraceEvent
    {
        using var output = new StringWriter { NewLine = "\n" };
        new ConsoleLog(output).OnEvent(happened);
        return output.ToString();
    }
}
