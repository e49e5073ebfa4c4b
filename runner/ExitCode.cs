namespace Testbed.Runner;

/// <summary>What the program ends with, for shells and scripts.</summary>
public static class ExitCode
{
    public const int Ok = 0;

    /// <summary>It was asked for properly and did not work.</summary>
    public const int Failed = 1;

    /// <summary>
    /// It was asked for wrongly: a flag is unknown, missing or does not fit, or settings are no good.
    /// </summary>
    public const int Usage = 2;

    /// <summary>Ctrl-C came before the end (128 + SIGINT, as shells have it).</summary>
    public const int Interrupted = 130;
}
