using System.Linq;

namespace Testbed.Tests.Fence;

/// <summary>
/// The folders of engine/Node that are peers: none uses another, and none uses Requests, which with Node.cs
/// composes them. Other folders of the room are shared ground.
/// </summary>
internal static class NodePeers
{
    public const string Room = "Testbed.Node";

    private static readonly string[] Peers =
        ["Quorum", "Controller", "Replication", "Groups", "Transactions", "Security"];

    private static readonly string[] Closed = [.. Peers, "Requests"];

    public static bool AreMixedBy(Use use) => MayNotUse(use.InType.Namespace, use.Type.Namespace);

    /// <summary>Whether code of one namespace reaches into another that is not its business.</summary>
    public static bool MayNotUse(string from, string to)
    {
        var fromFolder = FolderOf(from);
        var toFolder = FolderOf(to);
        return fromFolder != toFolder && Peers.Contains(fromFolder) && Closed.Contains(toFolder);
    }

    private static string FolderOf(string space) =>
        space.StartsWith(Room + ".") ? space[(Room.Length + 1)..].Split('.')[0] : "";
}
