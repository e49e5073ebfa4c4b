using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using Microsoft.Win32.SafeHandles;
using Testbed.Foundation;

namespace Testbed.Tests.Net;

/// <summary>
/// Opens files until the process has no descriptor left, connects, and looks that the shard pauses accepting
/// without using up the processor, and accepts when there are descriptors again. Exit code 0 when all that
/// holds.
/// </summary>
internal static class DescriptorExhaustion
{
    public static int Run() => RunAsync().GetAwaiter().GetResult();

    private static async Task<int> RunAsync()
    {
        var marks = new CountingTrace();
        await using var shard = new TestShard(portable: false, trace: marks);
        var port = await shard.Listen(await shard.Run(s => new EchoHost(s)));
        using (var warm = new Peer(port))
        {
            Echo(warm);
        }
        Throw();
        Limit(250);
        using var late = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        late.ReceiveTimeout = (int)Deadline.Limit.TotalMilliseconds;
        var hoard = Hoard();
        late.Connect(new IPEndPoint(IPAddress.Loopback, port));
        await Deadline.Of(marks.Reached("net.accepting-paused", 3));
        var pauses = marks.CountOf("net.accepting-paused");
        hoard.ForEach(handle => handle.Dispose());
        late.Send([7]);
        var answer = new byte[1];
        var count = late.Receive(answer);
        Console.Out.WriteLine($"pauses {pauses}, then {count} byte back: {answer[0]}");
        return count == 1 && answer[0] == 7 ? 0 : 1;
    }

    private static void Echo(Peer peer)
    {
        peer.Send([1, 2, 3]);
        peer.Receive(3);
    }

    /// <summary>The runtime opens files of its own when it throws for the first time.</summary>
    private static void Throw()
    {
        try
        {
            using var nobody = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            nobody.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            nobody.Listen(1);
            nobody.Blocking = false;
            nobody.Accept();
        }
        catch (SocketException error)
        {
            Console.Out.WriteLine(error.SocketErrorCode);
        }
    }

    private static void Limit(int descriptorsMax)
    {
        var limit = new ResourceLimit { Soft = (ulong)descriptorsMax, Hard = (ulong)descriptorsMax };
        Invariant.Assert(NativeCalls.SetLimit(NativeCalls.DescriptorsLimit, limit) == 0);
    }

    private static List<SafeFileHandle> Hoard()
    {
        var handles = new List<SafeFileHandle>();
        try
        {
            while (true)
            {
                handles.Add(File.OpenHandle("/dev/null", FileMode.Open, FileAccess.Read));
            }
        }
        catch (IOException)
        {
            return handles;
        }
    }
}
