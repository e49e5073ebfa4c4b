using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>The kinds of events as trace lines show them; the dot tells them from facts.</summary>
internal static class SimEventNames
{
    public static string Of(SimEventKind kind)
    {
        switch (kind)
        {
            case SimEventKind.World:
                return ".world";
            case SimEventKind.Boot:
                return ".boot";
            case SimEventKind.Post:
                return ".post";
            case SimEventKind.Timer:
                return ".timer";
            case SimEventKind.Network:
                return ".network";
            case SimEventKind.Disk:
                return ".disk";
            default:
                throw new InvariantException($"no such kind of event: {(int)kind}");
        }
    }
}
