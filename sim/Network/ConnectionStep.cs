namespace Testbed.Sim;

/// <summary>The units of work of a <see cref="SimConnection"/>, as tokens.</summary>
internal static class ConnectionStep
{
    public const long Accept = 0;
    public const long Deliver = 1;
    public const long Drained = 2;
    public const long Closed = 3;
}
