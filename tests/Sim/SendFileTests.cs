using System.Text;
using Testbed.Foundation;
using Testbed.Sim;
using Xunit;

namespace Testbed.Tests.Sim;

public class SendFileTests
{
    [Fact]
    public void Bytes_of_a_file_are_read_when_they_are_sent_and_keep_their_place()
    {
        var pair = Pair.Connected(seed: 1);
        var file = FileOf(pair, "0123456789");
        pair.Client.Send("<");
        pair.Client.Connection!.SendFile(new FileRange(file, 2, 5));
        pair.Client.Send(">");
        Assert.Equal(7, pair.Client.Connection.UnsentBytes);
        pair.World.RunForMs(1_000);
        Assert.Equal("<23456>", pair.Server.ReceivedText);
    }

    [Fact]
    public void Bytes_being_sent_are_still_sent_after_the_file_was_closed_and_deleted()
    {
        var pair = Pair.Connected(seed: 1);
        var file = FileOf(pair, "0123456789");
        var disk = pair.Client.Shard.Disks[0];
        pair.Client.Connection!.SendFile(new FileRange(file, 0, 10));
        disk.Close(file);
        var deleted = disk.Delete("data");
        pair.World.RunForMs(1_000);
        Assert.Equal((IoStatus.Ok, "0123456789"), (deleted.Result.Status, pair.Server.ReceivedText));
    }

    [Fact]
    public void A_file_that_cannot_be_read_breaks_the_connection()
    {
        var pair = Pair.Connected(seed: 1);
        var file = FileOf(pair, "0123456789");
        pair.World.Node(Pair.ClientId).Disks[0].Faults =
            new FaultOn(DiskRequestKind.ReadForSending, new DiskFault(IoStatus.Failed));
        pair.Client.Connection!.SendFile(new FileRange(file, 0, 10));
        pair.World.RunForMs(1_000);
        Assert.Equal((CloseReason.Reset, CloseReason.Reset), (pair.Client.Closed, pair.Server.Closed));
        Assert.Empty(pair.Server.Received);
    }

    [Fact]
    public void A_disk_may_take_its_node_along_in_the_middle_of_sending()
    {
        foreach (var kind in new[] { CrashKind.Process, CrashKind.PowerCut })
        {
            var pair = Pair.Connected(seed: 1);
            var file = FileOf(pair, "0123456789");
            pair.World.Node(Pair.ClientId).Disks[0].Faults =
                new CrashAt(pair.World, Pair.ClientId, operations: 1, kind);
            pair.Client.Connection!.SendFile(new FileRange(file, 0, 10));
            Assert.True(pair.World.RunForMs(1_000), pair.World.Violation?.ToString());
            Assert.Null(pair.World.Node(Pair.ClientId).Shard);
            Assert.Empty(pair.Server.Received);
            Assert.Equal(kind == CrashKind.PowerCut, pair.Server.Closed is null);
        }
    }

    [Fact]
    public void A_range_beyond_the_end_of_the_file_is_a_broken_program()
    {
        var pair = Pair.Connected(seed: 1);
        var file = FileOf(pair, "0123456789");
        Assert.Throws<InvariantException>(() => pair.Client.Connection!.SendFile(new FileRange(file, 5, 6)));
    }

    private static IFile FileOf(Pair pair, string text)
    {
        var disk = pair.Client.Shard.Disks[0];
        var open = disk.Open("data", OpenMode.CreateEmpty);
        pair.World.RunForMs(1_000);
        _ = disk.Write(open.Result.File!, 0, [Encoding.ASCII.GetBytes(text)]);
        pair.World.RunForMs(1_000);
        return open.Result.File!;
    }
}
