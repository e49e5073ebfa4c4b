namespace Testbed.Sim;

/// <summary>The steps of a <see cref="Pipe"/> that happen later, as tokens.</summary>
internal static class PipeStep
{
    public const long Transmit = 0;
    public const long Arrive = 1;
}
